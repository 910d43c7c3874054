// The part of a set of kernels that sums products of float32 numbers in float64, included by
// KernelTemplate.h. A product of two float32 is exact in float64, so it is all the same whether it
// is added by a fused instruction or not; only the order of the additions rounds differently, and
// that much the caller's error bound allows for.

#define DOUBLES (LANES / 2)

typedef double NAMED(Doubles) __attribute__((vector_size(8 * DOUBLES)));

static inline NAMED(Doubles) NAMED(loadDoubles)(const double *numbers) {
  NAMED(Doubles) vector;
  __builtin_memcpy(&vector, numbers, sizeof vector);
  return vector;
}

static inline __attribute__((always_inline)) void NAMED(doubleTile)(
    const double *input, const int32_t *windows, const int32_t *offsets, long count,
    const double *panel, double *sums, const int vectors) {
  NAMED(Doubles) totals[FLOAT_POSITIONS][2] = {{{0}}};
  const double *starts[FLOAT_POSITIONS];
  for (int p = 0; p < FLOAT_POSITIONS; p++) starts[p] = input + windows[p];
  for (long t = 0; t < count; t++) {
    const long offset = offsets[t];
    NAMED(Doubles) weights[2];
    UNROLLED for (int v = 0; v < vectors; v++)
      weights[v] = NAMED(loadDoubles)(panel + (t * vectors + v) * DOUBLES);
    UNROLLED for (int p = 0; p < FLOAT_POSITIONS; p++) {
      const double number = starts[p][offset];
      UNROLLED for (int v = 0; v < vectors; v++) totals[p][v] += weights[v] * number;
    }
  }
  UNROLLED for (int p = 0; p < FLOAT_POSITIONS; p++)
    UNROLLED for (int v = 0; v < vectors; v++)
      __builtin_memcpy(sums + (p * vectors + v) * DOUBLES, &totals[p][v], sizeof totals[p][v]);
}

static void NAMED(fullDoubleTile)(
    const double *input, const int32_t *windows, const int32_t *offsets, long count,
    const double *panel, double *sums) {
  NAMED(doubleTile)(input, windows, offsets, count, panel, sums, 2);
}

static void NAMED(halfDoubleTile)(
    const double *input, const int32_t *windows, const int32_t *offsets, long count,
    const double *panel, double *sums) {
  NAMED(doubleTile)(input, windows, offsets, count, panel, sums, 1);
}

static bool NAMED(roundSums)(
    float *result, const double *sums, long count, double window, const double *filters,
    const double *biases, uint8_t *undecided) {
  const uint32_t infinity = 0x7F800000;
  uint32_t any = 0;
  for (long n = 0; n < count; n++) {
    const double sum = sums[n] + biases[n];
    const double bound = window * filters[n];
    // 2^-51 is room for the addition of the bias, and for those to the bound and of it.
    const double error = bound > 0 ? bound + __builtin_fabs(sum) * 0x1p-51 : 0;
    const float low = (float)(sum - error), high = (float)(sum + error);
    uint32_t lowBits, highBits;
    __builtin_memcpy(&lowBits, &low, sizeof low);
    __builtin_memcpy(&highBits, &high, sizeof high);
    const uint32_t open = (lowBits != highBits) | ((lowBits & infinity) == infinity);
    result[n] = low;
    undecided[n] = (uint8_t)open;
    any |= open;
  }
  return any != 0;
}

static FloatDot NAMED(dotFloats)(const double *first, const float *second, long count) {
  typedef float Narrow __attribute__((vector_size(4 * DOUBLES)));
  NAMED(Doubles) sums[4] = {{0}}, magnitudes[4] = {{0}};
  long n = 0;
  for (; n + 4 * DOUBLES <= count; n += 4 * DOUBLES)
    UNROLLED for (int v = 0; v < 4; v++) {
      Narrow narrow;
      __builtin_memcpy(&narrow, second + n + v * DOUBLES, sizeof narrow);
      const NAMED(Doubles) product = __builtin_convertvector(narrow, NAMED(Doubles)) *
                                     NAMED(loadDoubles)(first + n + v * DOUBLES);
      sums[v] += product;
      magnitudes[v] += __builtin_elementwise_abs(product);
    }
  const NAMED(Doubles) sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  const NAMED(Doubles) magnitude = (magnitudes[0] + magnitudes[1]) + (magnitudes[2] + magnitudes[3]);
  FloatDot dot = {0, 0};
  for (int lane = 0; lane < DOUBLES; lane++) {
    dot.sum += sum[lane];
    dot.magnitude += magnitude[lane];
  }
  for (; n < count; n++) {
    const double product = first[n] * (double)second[n];
    dot.sum += product;
    dot.magnitude += __builtin_fabs(product);
  }
  return dot;
}

static void NAMED(addFloats)(
    double *sums, double *magnitudes, const float *numbers, double factor, long count) {
  for (long n = 0; n < count; n++) {
    const double product = numbers[n] * factor;
    sums[n] += product;
    magnitudes[n] += __builtin_fabs(product);
  }
}

static void NAMED(spreadFloats)(
    double *columns, long columnPitch, const float *rows, long rowPitch, long rowCount,
    long columnCount) {
  enum { block = 16 };
  for (long start = 0; start < columnCount; start += block) {
    const long end = start + block < columnCount ? start + block : columnCount;
    for (long r = 0; r < rowCount; r++)
      for (long c = start; c < end; c++)
        columns[c * columnPitch + r] = (double)rows[r * rowPitch + c];
  }
}

static void NAMED(squares)(double *result, const double *numbers, long count, long each) {
  for (long n = 0; n < count; n++) {
    double sum = 0;
    for (long m = 0; m < each; m++) sum += numbers[n * each + m] * numbers[n * each + m];
    result[n] = sum;
  }
}

static int32_t NAMED(lowestPlace)(const float *numbers, long count) {
  int32_t lowest = 1000;
  for (long n = 0; n < count; n++) {
    int32_t bits;
    __builtin_memcpy(&bits, numbers + n, sizeof bits);
    const int32_t exponent = (bits >> 23) & 0xFF;
    const int32_t fraction = (bits & 0x7FFFFF) | (exponent != 0 ? 0x800000 : 0);
    // The lowest bit that is set, as a float, says its place by its exponent.
    const float bit = (float)(fraction & -fraction);
    int32_t bitBits;
    __builtin_memcpy(&bitBits, &bit, sizeof bit);
    const int32_t place = (bitBits >> 23) - 127 + (exponent != 0 ? exponent : 1) - 150;
    const int32_t found = fraction != 0 ? place : 1000;
    lowest = found < lowest ? found : lowest;
  }
  return lowest;
}

// Floats in the order of the integers that their bits are, -0 before +0.
static void NAMED(orderFloats)(int32_t *result, const int32_t *numbers, long count) {
  for (long n = 0; n < count; n++) result[n] = numbers[n] ^ ((numbers[n] >> 31) & 0x7FFFFFFF);
}

#undef DOUBLES
