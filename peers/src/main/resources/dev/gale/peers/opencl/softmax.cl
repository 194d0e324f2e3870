// Softmax by rows of COLS: e^(x - max) / sum. With exp.cl before it.
//
// A work item goes through ROWS_PER_ITEM rows. While it computes the exponentials of a row, it looks for the largest
// element of the next one, which thereby comes from memory. The exponentials are kept in local memory while they are
// added up, and written times 1 / sum; past the cache, if the compiler can, since nobody reads them here. Rows longer
// than KEPT compute their exponentials twice instead.

#if COLS <= KEPT
#define KEEP 1
#endif

#define VECTORS (COLS / 16)
#define TAIL (COLS % 16)

#if defined(__has_builtin) && TAIL == 0
#if __has_builtin(__builtin_nontemporal_store)
#define STREAM 1
#endif
#endif

inline void put(float16 value, __global float *y) {
#ifdef STREAM
  __builtin_nontemporal_store(value, (__global float16 *) y);
#else
  vstore16(value, 0, y);
#endif
}

// The last elements of a row, and -infinity.
inline float16 tail(__global const float *x) {
  float values[16];
  for (int j = 0; j < 16; j++) {
    values[j] = j < TAIL ? x[16 * VECTORS + j] : -INFINITY;
  }
  return vload16(0, values);
}

inline float largest_of(float16 some, __global const float *x) {
  return max16(TAIL ? larger(some, tail(x)) : some);
}

__attribute__((reqd_work_group_size(1, 1, 1)))
__kernel void softmax(__global const float *logits, __global float *probabilities) {
#ifdef KEEP
  __local float16 kept[VECTORS + 1];
#endif
  const int first = get_global_id(0) * ROWS_PER_ITEM;
  const int last = min(first + ROWS_PER_ITEM, ROWS);
  __global const float *x = logits + (long) first * COLS;
  float16 some = -INFINITY;
  for (int v = 0; v < VECTORS; v++) {
    some = larger(some, vload16(v, x));
  }
  float largest = largest_of(some, x);
  for (int row = first; row < last; row++) {
    __global float *y = probabilities + (long) row * COLS;
    __global const float *following = row + 1 < last ? x + COLS : x;
    float16 sum = 0;
    some = -INFINITY;
    for (int v = 0; v < VECTORS; v++) {
      some = larger(some, vload16(v, following));
      const float16 e = exp_nonpositive(vload16(v, x) - largest);
#ifdef KEEP
      kept[v] = e;
#endif
      sum += e;
    }
    float16 end = 0;
    if (TAIL) {
      end = exp_nonpositive(tail(x) - largest);
      sum += end;
    }
    const float factor = 1 / sum16(sum);
    for (int v = 0; v < VECTORS; v++) {
#ifdef KEEP
      put(kept[v] * factor, y + 16 * v);
#else
      put(exp_nonpositive(vload16(v, x) - largest) * factor, y + 16 * v);
#endif
    }
    if (TAIL) {
      float values[16];
      vstore16(end * factor, 0, values);
      for (int j = 0; j < TAIL; j++) {
        y[16 * VECTORS + j] = values[j];
      }
    }
    x = following;
    largest = largest_of(some, x);
  }
}
