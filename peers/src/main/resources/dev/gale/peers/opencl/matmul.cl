// C[m,n] = A[m,k] B[k,n], row-major.
//
// A work item computes up to ROWS rows of a panel of 32 columns. It copies KC rows of the panel of B into local memory,
// so that they lie side by side, and then goes down the rows in tiles of MR, whose 2 MR vectors of sums stay in registers
// over those KC. Beyond n the copy holds zeros; rows beyond m repeat the last one, and nothing of either is stored.

#define MR 8
#define PANEL 32

inline void store_row(__global float *c, float16 low, float16 high, int cols, int accumulate) {
  if (cols >= PANEL) {
    if (accumulate) {
      low += vload16(0, c);
      high += vload16(1, c);
    }
    vstore16(low, 0, c);
    vstore16(high, 1, c);
  } else {
    float values[PANEL];
    vstore16(low, 0, values);
    vstore16(high, 1, values);
    for (int j = 0; j < cols; j++) {
      c[j] = accumulate ? c[j] + values[j] : values[j];
    }
  }
}

__attribute__((reqd_work_group_size(1, 1, 1)))
__kernel void matmul(__global const float *a, __global const float *b, __global float *c) {
  __local float16 packed[2 * KC];
  const int column = get_global_id(0) * PANEL;
  const int cols = min(PANEL, N - column);
  const int first = get_global_id(1) * ROWS;
  const int last = min(first + ROWS, M);
  for (int block = 0; block < K; block += KC) {
    const int depth = min(KC, K - block);
    if (cols == PANEL) {
      for (int p = 0; p < depth; p++) {
        __global const float *row = b + (long) (block + p) * N + column;
        packed[2 * p] = vload16(0, row);
        packed[2 * p + 1] = vload16(1, row);
      }
    } else {
      __local float *elements = (__local float *) packed;
      for (int p = 0; p < depth; p++) {
        for (int j = 0; j < PANEL; j++) {
          elements[PANEL * p + j] = j < cols ? b[(long) (block + p) * N + column + j] : 0;
        }
      }
    }
    for (int i = first; i < last; i += MR) {
#define ROW(r) __global const float *a##r = a + (long) min(i + r, M - 1) * K + block; \
      float16 l##r = 0, h##r = 0;
      ROW(0) ROW(1) ROW(2) ROW(3) ROW(4) ROW(5) ROW(6) ROW(7)
      for (int p = 0; p < depth; p++) {
        const float16 low = packed[2 * p];
        const float16 high = packed[2 * p + 1];
#define STEP(r) { const float16 x = a##r[p]; l##r += x * low; h##r += x * high; }
        STEP(0) STEP(1) STEP(2) STEP(3) STEP(4) STEP(5) STEP(6) STEP(7)
      }
#define STORE(r) if (i + r < last) store_row(c + (long) (i + r) * N + column, l##r, h##r, cols, block > 0);
      STORE(0) STORE(1) STORE(2) STORE(3) STORE(4) STORE(5) STORE(6) STORE(7)
    }
  }
}
