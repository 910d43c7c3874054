/// The inner loops of exact evaluation: sums of products of 16-bit integers in 32-bit lanes, and of
/// float32 numbers in float64 lanes.
///
/// Nothing here checks for overflow. Whoever calls has proven that no sum of any part of the
/// products leaves 32 bits.
#ifndef CONVOLUTION_KERNELS_H
#define CONVOLUTION_KERNELS_H

#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// The smallest and the largest of some numbers.
typedef struct {
  int64_t low;
  int64_t high;
} NumberBounds;

/// The sum of the magnitudes of some numbers, and the largest of them.
typedef struct {
  int64_t sum;
  int64_t largest;
} Magnitudes;

/// A sum of products, and the sum of their magnitudes, each as float64 adds them.
typedef struct {
  double sum;
  double magnitude;
} FloatDot;

/// One kind of processor's kernels.
typedef struct {
  const char *name;
  /// How many filters a full panel of weights holds; a half panel holds half as many.
  long filters;
  /// How many windows one call of a tile computes.
  long positions;

  /// The sums of `positions` windows with each filter of a panel.
  ///
  /// A window's numbers are read in pairs that stand side by side: the pair `t` of window `p` is at
  /// `input[windows[p] + offsets[t]]`. The panel holds, pair by pair, each filter's two weights.
  /// `sums` gets `positions` rows of one sum a filter.
  void (*fullTile)(
      const int16_t *input, const int32_t *windows, const int32_t *offsets, long pairs,
      const int16_t *panel, int32_t *sums);
  void (*halfTile)(
      const int16_t *input, const int32_t *windows, const int32_t *offsets, long pairs,
      const int16_t *panel, int32_t *sums);

  /// `sums[n] += tile[n] << shift` for every n below `count`.
  void (*addTile)(int64_t *sums, const int32_t *tile, long count, long shift);

  /// Puts sums into maps: `maps[f * mapPitch + w] = rows[w * rowPitch + f] * factor + biases[f]`,
  /// wrapping, for `windows` rows of `filters` sums each.
  void (*store32)(
      int32_t *maps, long mapPitch, const int32_t *rows, long rowPitch, long windows, long filters,
      int32_t factor, const int32_t *biases);
  void (*store64)(
      int64_t *maps, long mapPitch, const int64_t *rows, long rowPitch, long windows, long filters,
      int64_t factor, const int64_t *biases);

  /// The sum of `count` products.
  int32_t (*dot)(const int16_t *first, const int16_t *second, long count);

  /// `sums[n] += factors[0] * rows[n] + factors[1] * rows[pitch + n]` for every n below `count`.
  void (*addRows)(
      int32_t *sums, const int16_t *rows, long pitch, const int16_t *factors, long count);

  /// The numbers `first`, `first` + 1, … of a seeded sequence: `low` + mix(key + (index + 1) · g)
  /// mod `range`, as documented at `SeededSequence`. `range` is at most 65,536.
  void (*seeded)(
      int16_t *numbers, long count, uint64_t key, uint64_t first, int32_t low, uint32_t range);

  /// Cuts numbers of 2^`width` bytes into `digits` signed digits of `bits` bits, the least first;
  /// digit `d` of number `n` goes to `result[d * pitch + n]`.
  void (*cut)(
      int16_t *result, long pitch, const void *numbers, long width, long count, long bits,
      long digits);

  /// Of `count` > 0 numbers of 2^`width` bytes, `width` at most 3.
  NumberBounds (*bounds)(const void *numbers, long width, long count);

  /// Of `count` numbers.
  Magnitudes (*measure)(const int16_t *numbers, long count);

  /// `columns[c * columnPitch + r] = rows[r * rowPitch + c]`.
  void (*transpose)(
      int16_t *columns, long columnPitch, const int16_t *rows, long rowPitch, long rowCount,
      long columnCount);

  /// How many filters a full panel of float64 weights holds, and how many windows a tile of them
  /// computes.
  long doubleFilters;
  long doublePositions;

  /// As `fullTile`, number by number in place of pair by pair: each sum is added up one product
  /// after the other.
  void (*fullDoubleTile)(
      const double *input, const int32_t *windows, const int32_t *offsets, long count,
      const double *panel, double *sums);
  void (*halfDoubleTile)(
      const double *input, const int32_t *windows, const int32_t *offsets, long count,
      const double *panel, double *sums);

  /// Rounds `sums[n] + biases[n]` to `result[n]`, for one window.
  ///
  /// No sum is farther from the exact one than `window * filters[n]`; where that is 0, sum and bias
  /// add up exactly. Where this much could change the result, or it is not finite, `undecided[n]`
  /// becomes 1, else 0. Answers whether any did.
  bool (*roundSums)(
      float *result, const double *sums, long count, double window, const double *filters,
      const double *biases, uint8_t *undecided);

  /// The sum of `count` products, each of which is exact in float64.
  FloatDot (*dotFloats)(const double *first, const float *second, long count);

  /// Adds `count` products with a factor that is a float32, each of which is exact in float64, and their
  /// magnitudes: `sums[n] += numbers[n] * factor`.
  void (*addFloats)(
      double *sums, double *magnitudes, const float *numbers, double factor, long count);

  /// `columns[c * columnPitch + r] = rows[r * rowPitch + c]`, in float64.
  void (*spreadFloats)(
      double *columns, long columnPitch, const float *rows, long rowPitch, long rowCount,
      long columnCount);

  /// `result[n]`: the sum of the squares of `each` numbers from `numbers[n * each]` on.
  void (*squares)(double *result, const double *numbers, long count, long each);

  /// The lowest p of which every number is a multiple of 2^p; 1000 where all are 0.
  int32_t (*lowestPlace)(const float *numbers, long count);

  /// The bits of finite floats as integers in the same order, -0 below +0; and back again.
  void (*orderFloats)(int32_t *result, const int32_t *numbers, long count);
} ConvolutionKernels;

/// The kernels that this processor runs, the fastest first, the portable ones last; NULL beyond.
const ConvolutionKernels *_Nullable convolutionKernels(long index);

/// Does units of work 0 to `count` - 1, each once, in several threads of which the caller's is one.
///
/// `work` gets the number of the thread and the unit; `report`, in the caller's thread only, how
/// many are done: before each unit of its own, and once all are done. When it answers false no unit
/// is begun, and this returns false. Where no thread can be started, the caller's does all.
bool convolutionUnits(
    long count, long threads, void *context, void (*work)(void *context, long thread, long unit),
    bool (*report)(void *context, long done));

/// How many threads can run at once here, 64 at most.
long convolutionProcessors(void);

#pragma clang assume_nonnull end

#endif
