// Attention of one query a head, which sees all keys: each key and value is read once, for the GROUP query heads that
// share them. With exp.cl before it. SEQ_K keys, DIM and DIM_V elements, SPLITS work items a key-value head.
//
// A work item goes through its part of the keys, TILE at a time: their scores with all queries of the group, in vectors
// along the elements of a key; the exponentials; and the sum of the values times these. It leaves the largest score, the
// sum and the weighted values, [head][split][GROUP][2 + DIM_V]; the second kernel makes one of the parts.

#define TILE 64
#define DIM_VECTORS (DIM / 16)
#define DIM_TAIL (DIM % 16)
#define V_VECTORS (DIM_V / 16)
#define V_TAIL (DIM_V % 16)
#define V_FLOATS (16 * V_VECTORS + V_TAIL)

inline void score(__local const float *q, __global const float *k, int count, __local float *s) {
  for (int j = 0; j < count; j++, k += DIM) {
    float16 a = 0, b = 0;
    int d = 0;
    for (; d + 2 <= DIM_VECTORS; d += 2) {
      a += vload16(d, q) * vload16(d, k);
      b += vload16(d + 1, q) * vload16(d + 1, k);
    }
    for (; d < DIM_VECTORS; d++) {
      a += vload16(d, q) * vload16(d, k);
    }
    float dot = sum16(a + b);
    for (d = 16 * DIM_VECTORS; d < DIM; d++) {
      dot += q[d] * k[d];
    }
    s[j] = dot;
  }
  for (int j = count; j < TILE; j++) {
    s[j] = -INFINITY;
  }
}

__attribute__((reqd_work_group_size(1, 1, 1)))
__kernel void decode(__global const float *queries, __global const float *keys,
                     __global const float *values, __global float *parts) {
  __local float q[GROUP * DIM];
  __local float s[GROUP * TILE];
  __local float o[GROUP * V_FLOATS];
  __local float largest[GROUP], sum[GROUP];
  const int head = get_global_id(0);
  const int split = get_global_id(1);
  const int first = (int) ((long) SEQ_K * split / SPLITS);
  const int last = (int) ((long) SEQ_K * (split + 1) / SPLITS);
  for (int g = 0; g < GROUP; g++) {
    for (int d = 0; d < DIM; d++) {
      q[g * DIM + d] = SCALE * queries[((long) head * GROUP + g) * DIM + d];
    }
    for (int d = 0; d < V_FLOATS; d++) {
      o[g * V_FLOATS + d] = 0;
    }
    largest[g] = -INFINITY;
    sum[g] = 0;
  }
  for (int start = first; start < last; start += TILE) {
    const int count = min(TILE, last - start);
    __global const float *k = keys + ((long) head * SEQ_K + start) * DIM;
    __global const float *v = values + ((long) head * SEQ_K + start) * DIM_V;
    for (int g = 0; g < GROUP; g++) {
      __local float *row = s + g * TILE;
      score(q + g * DIM, k, count, row);
      const float16 s0 = vload16(0, row), s1 = vload16(1, row);
      const float16 s2 = vload16(2, row), s3 = vload16(3, row);
      const float most = max(largest[g], max16(larger(larger(s0, s1), larger(s2, s3))));
      const float factor = exp_nonpositive(largest[g] - most).x;
      const float16 e0 = exp_nonpositive(s0 - most), e1 = exp_nonpositive(s1 - most);
      const float16 e2 = exp_nonpositive(s2 - most), e3 = exp_nonpositive(s3 - most);
      vstore16(e0, 0, row);
      vstore16(e1, 1, row);
      vstore16(e2, 2, row);
      vstore16(e3, 3, row);
      sum[g] = sum[g] * factor + sum16((e0 + e1) + (e2 + e3));
      largest[g] = most;
      if (factor != 1) {
        for (int d = 0; d < V_FLOATS; d++) {
          o[g * V_FLOATS + d] *= factor;
        }
      }
    }
    for (int g = 0; g < GROUP; g++) {
      __local const float *p = s + g * TILE;
      __local float *row = o + g * V_FLOATS;
      int d = 0;
#define SUMS 8
      for (; d + SUMS <= V_VECTORS; d += SUMS) {
        float16 a[SUMS];
#pragma unroll
        for (int c = 0; c < SUMS; c++) {
          a[c] = vload16(d + c, row);
        }
        for (int j = 0; j < count; j++) {
#pragma unroll
          for (int c = 0; c < SUMS; c++) {
            a[c] += p[j] * vload16(d + c, v + j * DIM_V);
          }
        }
#pragma unroll
        for (int c = 0; c < SUMS; c++) {
          vstore16(a[c], d + c, row);
        }
      }
      for (; d < V_VECTORS; d++) {
        float16 a = vload16(d, row);
        for (int j = 0; j < count; j++) {
          a += p[j] * vload16(d, v + j * DIM_V);
        }
        vstore16(a, d, row);
      }
      for (d = 16 * V_VECTORS; d < DIM_V; d++) {
        for (int j = 0; j < count; j++) {
          row[d] += p[j] * v[j * DIM_V + d];
        }
      }
    }
  }
  __global float *part = parts + ((long) head * SPLITS + split) * GROUP * (2 + DIM_V);
  for (int g = 0; g < GROUP; g++, part += 2 + DIM_V) {
    part[0] = largest[g];
    part[1] = sum[g];
    for (int d = 0; d < DIM_V; d++) {
      part[2 + d] = o[g * V_FLOATS + d];
    }
  }
}

__attribute__((reqd_work_group_size(1, 1, 1)))
__kernel void combine(__global const float *parts, __global float *output) {
  const int head = get_global_id(0);
  const int group = get_global_id(1);
  __global const float *first = parts + ((long) head * SPLITS * GROUP + group) * (2 + DIM_V);
  const long stride = (long) GROUP * (2 + DIM_V);
  float largest = -INFINITY;
  for (int split = 0; split < SPLITS; split++) {
    largest = max(largest, first[split * stride]);
  }
  float factors[SPLITS];
  float sum = 0;
  for (int split = 0; split < SPLITS; split++) {
    factors[split] = exp_nonpositive(first[split * stride] - largest).x;
    sum += factors[split] * first[split * stride + 1];
  }
  for (int d = 0; d < DIM_V; d++) {
    float value = 0;
    for (int split = 0; split < SPLITS; split++) {
      value += factors[split] * first[split * stride + 2 + d];
    }
    output[((long) head * GROUP + group) * DIM_V + d] = value / sum;
  }
}
