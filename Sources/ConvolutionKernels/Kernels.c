#include "ConvolutionKernels.h"

#include <stddef.h>

#define UNROLLED _Pragma("clang loop unroll(full)")

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), apply_to = function)
#define KERNELS_NAME "AVX-512 VNNI"
#define NAMED(name) name##_avx512vnni
#define LANES 16
#define POSITIONS 7
#define FLOAT_POSITIONS 8
#define MULTIPLY_ADD(sum, w, x) \
  (NAMED(Sums)) _mm512_dpwssd_epi32((__m512i)(sum), (__m512i)(w), (__m512i)(x))
#include "KernelTemplate.h"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)
#define KERNELS_NAME "AVX-VNNI"
#define NAMED(name) name##_avxvnni
#define LANES 8
#define POSITIONS 6
#define FLOAT_POSITIONS 6
#define MULTIPLY_ADD(sum, w, x) \
  (NAMED(Sums)) _mm256_dpwssd_avx_epi32((__m256i)(sum), (__m256i)(w), (__m256i)(x))
#include "KernelTemplate.h"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define KERNELS_NAME "AVX2"
#define NAMED(name) name##_avx2
#define LANES 8
#define POSITIONS 6
#define FLOAT_POSITIONS 6
#define MULTIPLY_ADD(sum, w, x) ((sum) + (NAMED(Sums)) _mm256_madd_epi16((__m256i)(w), (__m256i)(x)))
#include "KernelTemplate.h"
#pragma clang attribute pop

#define KERNELS_NAME "SSE2"
#define NAMED(name) name##_sse2
#define LANES 4
#define POSITIONS 6
#define FLOAT_POSITIONS 6
#define MULTIPLY_ADD(sum, w, x) ((sum) + (NAMED(Sums)) _mm_madd_epi16((__m128i)(w), (__m128i)(x)))
#include "KernelTemplate.h"
#endif

/// Two numbers of each of four pairs, multiplied and added, in what any processor has.
typedef int16_t Pairs __attribute__((vector_size(16)));
typedef int16_t Halves __attribute__((vector_size(8)));
typedef int32_t Quad __attribute__((vector_size(16)));

static inline Quad multiplyAddPairs(Quad sum, Quad w, Quad x) {
  const Pairs weights = (Pairs)w, numbers = (Pairs)x;
#define EVEN(pairs) __builtin_convertvector(__builtin_shufflevector(pairs, pairs, 0, 2, 4, 6), Quad)
#define ODD(pairs) __builtin_convertvector(__builtin_shufflevector(pairs, pairs, 1, 3, 5, 7), Quad)
  return sum + EVEN(weights) * EVEN(numbers) + ODD(weights) * ODD(numbers);
#undef EVEN
#undef ODD
}

#define KERNELS_NAME "portable"
#define NAMED(name) name##_portable
#define LANES 4
#define POSITIONS 4
#define FLOAT_POSITIONS 4
#define MULTIPLY_ADD(sum, w, x) multiplyAddPairs(sum, w, x)
#include "KernelTemplate.h"

const ConvolutionKernels *convolutionKernels(long index) {
  const ConvolutionKernels *found[5];
  long count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    found[count++] = &kernels_avx512vnni;
  if (__builtin_cpu_supports("avxvnni") && __builtin_cpu_supports("avx2") &&
      __builtin_cpu_supports("fma"))
    found[count++] = &kernels_avxvnni;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    found[count++] = &kernels_avx2;
  found[count++] = &kernels_sse2;
#endif
  found[count++] = &kernels_portable;
  return index >= 0 && index < count ? found[index] : NULL;
}
