// One set of kernels, written once and compiled for several kinds of processors. Whoever includes
// it defines
//   KERNELS_NAME              what this set is called
//   NAMED(name)               the name of a function in this set
//   LANES                     32-bit numbers in a vector
//   POSITIONS                 windows of a tile: as many as leave no sum without a register
//   FLOAT_POSITIONS           the same for sums of products of floats
//   MULTIPLY_ADD(sum, w, x)   sum + w₀x₀ + w₁x₁ in each lane, of pairs of 16-bit numbers

typedef int32_t NAMED(Sums) __attribute__((vector_size(4 * LANES)));

static inline NAMED(Sums) NAMED(load)(const int16_t *numbers) {
  NAMED(Sums) vector;
  __builtin_memcpy(&vector, numbers, sizeof vector);
  return vector;
}

static inline NAMED(Sums) NAMED(broadcast)(const int16_t *pair) {
  int32_t both;
  __builtin_memcpy(&both, pair, sizeof both);
  return (NAMED(Sums)){0} + both;
}

static inline __attribute__((always_inline)) void NAMED(tile)(
    const int16_t *input, const int32_t *windows, const int32_t *offsets, long pairs,
    const int16_t *panel, int32_t *sums, const int vectors) {
  NAMED(Sums) totals[POSITIONS][2] = {{{0}}};
  const int16_t *starts[POSITIONS];
  for (int p = 0; p < POSITIONS; p++) starts[p] = input + windows[p];
  for (long t = 0; t < pairs; t++) {
    const long offset = offsets[t];
    NAMED(Sums) weights[2];
    UNROLLED for (int v = 0; v < vectors; v++)
      weights[v] = NAMED(load)(panel + (t * vectors + v) * 2 * LANES);
    UNROLLED for (int p = 0; p < POSITIONS; p++) {
      const NAMED(Sums) pair = NAMED(broadcast)(starts[p] + offset);
      UNROLLED for (int v = 0; v < vectors; v++)
        totals[p][v] = MULTIPLY_ADD(totals[p][v], weights[v], pair);
    }
  }
  UNROLLED for (int p = 0; p < POSITIONS; p++)
    UNROLLED for (int v = 0; v < vectors; v++)
      __builtin_memcpy(sums + (p * vectors + v) * LANES, &totals[p][v], sizeof totals[p][v]);
}

static void NAMED(fullTile)(
    const int16_t *input, const int32_t *windows, const int32_t *offsets, long pairs,
    const int16_t *panel, int32_t *sums) {
  NAMED(tile)(input, windows, offsets, pairs, panel, sums, 2);
}

static void NAMED(halfTile)(
    const int16_t *input, const int32_t *windows, const int32_t *offsets, long pairs,
    const int16_t *panel, int32_t *sums) {
  NAMED(tile)(input, windows, offsets, pairs, panel, sums, 1);
}

static void NAMED(addTile)(int64_t *sums, const int32_t *tile, long count, long shift) {
  for (long n = 0; n < count; n++) sums[n] += (int64_t)((uint64_t)(int64_t)tile[n] << shift);
}

// Four windows of four filters at a time are turned around in registers.
#define STORE(name, Number, Unsigned)                                                            \
  static void NAMED(name)(                                                                       \
      Number *maps, long mapPitch, const Number *rows, long rowPitch, long windows, long filters, \
      Number factor, const Number *biases) {                                                     \
    typedef Unsigned Four __attribute__((vector_size(4 * sizeof(Number))));                      \
    long f = 0;                                                                                  \
    for (; f + 4 <= filters; f += 4) {                                                           \
      long w = 0;                                                                                \
      for (; w + 4 <= windows; w += 4) {                                                         \
        Four row[4];                                                                             \
        UNROLLED for (int n = 0; n < 4; n++)                                                     \
          __builtin_memcpy(&row[n], rows + (w + n) * rowPitch + f, sizeof row[n]);               \
        const Four a = __builtin_shufflevector(row[0], row[1], 0, 4, 2, 6);                      \
        const Four b = __builtin_shufflevector(row[0], row[1], 1, 5, 3, 7);                      \
        const Four c = __builtin_shufflevector(row[2], row[3], 0, 4, 2, 6);                      \
        const Four d = __builtin_shufflevector(row[2], row[3], 1, 5, 3, 7);                      \
        const Four column[4] = {                                                                 \
            __builtin_shufflevector(a, c, 0, 1, 4, 5), __builtin_shufflevector(b, d, 0, 1, 4, 5), \
            __builtin_shufflevector(a, c, 2, 3, 6, 7), __builtin_shufflevector(b, d, 2, 3, 6, 7)}; \
        UNROLLED for (int n = 0; n < 4; n++) {                                                   \
          const Four four = column[n] * (Unsigned)factor + (Unsigned)biases[f + n];              \
          __builtin_memcpy(maps + (f + n) * mapPitch + w, &four, sizeof four);                   \
        }                                                                                        \
      }                                                                                          \
      for (; w < windows; w++)                                                                   \
        for (int n = 0; n < 4; n++)                                                              \
          maps[(f + n) * mapPitch + w] = (Number)((Unsigned)rows[w * rowPitch + f + n] *         \
                                                      (Unsigned)factor +                         \
                                                  (Unsigned)biases[f + n]);                      \
    }                                                                                            \
    for (; f < filters; f++)                                                                     \
      for (long w = 0; w < windows; w++)                                                         \
        maps[f * mapPitch + w] = (Number)((Unsigned)rows[w * rowPitch + f] * (Unsigned)factor +  \
                                          (Unsigned)biases[f]);                                  \
  }

STORE(store32, int32_t, uint32_t)
STORE(store64, int64_t, uint64_t)

static int32_t NAMED(dot)(const int16_t *first, const int16_t *second, long count) {
  // Several sums, so that one addition need not wait for the one before.
  NAMED(Sums) totals[4] = {{0}};
  long n = 0;
  for (; n + 8 * LANES <= count; n += 8 * LANES)
    UNROLLED for (int v = 0; v < 4; v++)
      totals[v] = MULTIPLY_ADD(
          totals[v], NAMED(load)(first + n + 2 * LANES * v),
          NAMED(load)(second + n + 2 * LANES * v));
  const NAMED(Sums) total = (totals[0] + totals[1]) + (totals[2] + totals[3]);
  int32_t sum = 0;
  for (int lane = 0; lane < LANES; lane++) sum += total[lane];
  for (; n < count; n++) sum += (int32_t)first[n] * second[n];
  return sum;
}

static void NAMED(addRows)(
    int32_t *sums, const int16_t *rows, long pitch, const int16_t *factors, long count) {
  const int32_t first = factors[0], second = factors[1];
  for (long n = 0; n < count; n++) sums[n] += first * rows[n] + second * rows[pitch + n];
}

static inline uint32_t NAMED(remainder)(uint32_t number, uint32_t range, uint32_t inverse) {
  // ⌊2³²/range⌋ in place of 2³²/range makes the quotient at most 1 too small.
  const uint32_t quotient = (uint32_t)((uint64_t)number * inverse >> 32);
  const uint32_t rest = number - quotient * range;
  return rest < range ? rest : rest - range;
}

static void NAMED(seeded)(
    int16_t *numbers, long count, uint64_t key, uint64_t first, int32_t low, uint32_t range) {
  const uint64_t golden = 0x9E3779B97F4A7C15;
  const uint32_t inverse = range == 1 ? UINT32_MAX : (uint32_t)((UINT64_C(1) << 32) / range);
  const uint32_t carry = (uint32_t)((UINT64_C(1) << 32) % range);
  for (long n = 0; n < count; n++) {
    uint64_t z = key + (first + (uint64_t)n + 1) * golden;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    z ^= z >> 31;
    // z = high · 2³² + low: both parts are reduced on their own.
    const uint32_t high = NAMED(remainder)((uint32_t)(z >> 32), range, inverse);
    const uint32_t lower = NAMED(remainder)((uint32_t)z, range, inverse);
    const uint32_t carried = NAMED(remainder)(high * carry, range, inverse);
    const uint32_t sum = carried + lower;
    numbers[n] = (int16_t)(low + (int32_t)(sum < range ? sum : sum - range));
  }
}

// The numbers are cut in blocks, each small enough to stay near while digit follows digit.
#define NUMBERS_OF(Number, Unsigned)                                                             \
  static void NAMED(cut_##Number)(                                                               \
      int16_t *result, long pitch, const Number *numbers, long count, long bits, long digits) {  \
    if (digits == 1) {                                                                           \
      for (long n = 0; n < count; n++) result[n] = (int16_t)numbers[n];                          \
      return;                                                                                    \
    }                                                                                            \
    const Unsigned half = (Unsigned)((Unsigned)1 << (bits - 1));                                 \
    const Unsigned mask = (Unsigned)(2 * half - 1);                                              \
    enum { block = 64 };                                                                         \
    Number rests[block];                                                                         \
    for (long start = 0; start < count; start += block) {                                        \
      const long size = count - start < block ? count - start : block;                           \
      __builtin_memcpy(rests, numbers + start, (size_t)size * sizeof(Number));                             \
      for (long d = 0; d < digits; d++) {                                                        \
        int16_t *row = result + d * pitch + start;                                               \
        for (long n = 0; n < size; n++) {                                                        \
          const Unsigned low = (Unsigned)rests[n] & mask;                                        \
          row[n] = (int16_t)(Number)(Unsigned)((low ^ half) - half);                             \
          rests[n] = (Number)((rests[n] >> bits) + (low >= half));                               \
        }                                                                                        \
      }                                                                                          \
    }                                                                                            \
  }
#define BOUNDS_OF(Number)                                                                        \
  static NumberBounds NAMED(bounds_##Number)(const Number *numbers, long count) {                \
    Number low = numbers[0], high = numbers[0];                                                  \
    for (long n = 1; n < count; n++) {                                                           \
      low = numbers[n] < low ? numbers[n] : low;                                                 \
      high = numbers[n] > high ? numbers[n] : high;                                              \
    }                                                                                            \
    return (NumberBounds){low, high};                                                            \
  }

NUMBERS_OF(int8_t, uint8_t)
NUMBERS_OF(int16_t, uint16_t)
NUMBERS_OF(int32_t, uint32_t)
NUMBERS_OF(int64_t, uint64_t)
NUMBERS_OF(__int128, unsigned __int128)
BOUNDS_OF(int8_t)
BOUNDS_OF(int16_t)
BOUNDS_OF(int32_t)
BOUNDS_OF(int64_t)

static void NAMED(cut)(
    int16_t *result, long pitch, const void *numbers, long width, long count, long bits,
    long digits) {
  switch (width) {
    case 0: NAMED(cut_int8_t)(result, pitch, numbers, count, bits, digits); break;
    case 1: NAMED(cut_int16_t)(result, pitch, numbers, count, bits, digits); break;
    case 2: NAMED(cut_int32_t)(result, pitch, numbers, count, bits, digits); break;
    case 3: NAMED(cut_int64_t)(result, pitch, numbers, count, bits, digits); break;
    default: NAMED(cut___int128)(result, pitch, numbers, count, bits, digits); break;
  }
}

static NumberBounds NAMED(bounds)(const void *numbers, long width, long count) {
  switch (width) {
    case 0: return NAMED(bounds_int8_t)(numbers, count);
    case 1: return NAMED(bounds_int16_t)(numbers, count);
    case 2: return NAMED(bounds_int32_t)(numbers, count);
    default: return NAMED(bounds_int64_t)(numbers, count);
  }
}

static Magnitudes NAMED(measure)(const int16_t *numbers, long count) {
  int64_t sum = 0;
  int32_t largest = 0;
  for (long n = 0; n < count; n++) {
    const int32_t magnitude = numbers[n] < 0 ? -numbers[n] : numbers[n];
    sum += magnitude;
    largest = magnitude > largest ? magnitude : largest;
  }
  return (Magnitudes){sum, largest};
}

// Four rows of eight columns at a time are turned around in registers.
static void NAMED(transpose)(
    int16_t *columns, long columnPitch, const int16_t *rows, long rowPitch, long rowCount,
    long columnCount) {
  typedef int16_t Eight __attribute__((vector_size(16)));
  long r = 0;
  for (; r + 4 <= rowCount; r += 4) {
    long c = 0;
    for (; c + 8 <= columnCount; c += 8) {
      Eight row[4];
      UNROLLED for (int n = 0; n < 4; n++)
        __builtin_memcpy(&row[n], rows + (r + n) * rowPitch + c, sizeof row[n]);
      UNROLLED for (int half = 0; half < 2; half++) {
        const Eight first = half == 0
            ? __builtin_shufflevector(row[0], row[1], 0, 8, 1, 9, 2, 10, 3, 11)
            : __builtin_shufflevector(row[0], row[1], 4, 12, 5, 13, 6, 14, 7, 15);
        const Eight second = half == 0
            ? __builtin_shufflevector(row[2], row[3], 0, 8, 1, 9, 2, 10, 3, 11)
            : __builtin_shufflevector(row[2], row[3], 4, 12, 5, 13, 6, 14, 7, 15);
        const Eight both[2] = {
            __builtin_shufflevector(first, second, 0, 1, 8, 9, 2, 3, 10, 11),
            __builtin_shufflevector(first, second, 4, 5, 12, 13, 6, 7, 14, 15)};
        UNROLLED for (int n = 0; n < 4; n++)
          __builtin_memcpy(
              columns + (c + 4 * half + n) * columnPitch + r,
              (const int16_t *)&both[n / 2] + n % 2 * 4, 4 * sizeof(int16_t));
      }
    }
    for (; c < columnCount; c++)
      for (int n = 0; n < 4; n++) columns[c * columnPitch + r + n] = rows[(r + n) * rowPitch + c];
  }
  for (; r < rowCount; r++)
    for (long c = 0; c < columnCount; c++) columns[c * columnPitch + r] = rows[r * rowPitch + c];
}

#include "FloatTemplate.h"

static const ConvolutionKernels NAMED(kernels) = {
    .name = KERNELS_NAME,
    .filters = 2 * LANES,
    .positions = POSITIONS,
    .fullTile = NAMED(fullTile),
    .halfTile = NAMED(halfTile),
    .addTile = NAMED(addTile),
    .store32 = NAMED(store32),
    .store64 = NAMED(store64),
    .dot = NAMED(dot),
    .addRows = NAMED(addRows),
    .seeded = NAMED(seeded),
    .cut = NAMED(cut),
    .bounds = NAMED(bounds),
    .measure = NAMED(measure),
    .transpose = NAMED(transpose),
    .doubleFilters = LANES,
    .doublePositions = FLOAT_POSITIONS,
    .fullDoubleTile = NAMED(fullDoubleTile),
    .halfDoubleTile = NAMED(halfDoubleTile),
    .roundSums = NAMED(roundSums),
    .dotFloats = NAMED(dotFloats),
    .addFloats = NAMED(addFloats),
    .spreadFloats = NAMED(spreadFloats),
    .squares = NAMED(squares),
    .lowestPlace = NAMED(lowestPlace),
    .orderFloats = NAMED(orderFloats),
};

#undef STORE
#undef NUMBERS_OF
#undef BOUNDS_OF
#undef NAMED
#undef KERNELS_NAME
#undef LANES
#undef POSITIONS
#undef FLOAT_POSITIONS
#undef MULTIPLY_ADD
