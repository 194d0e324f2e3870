// Attention, O = softmax(SCALE Q K^T) V, in one pass over the keys with running maxima and sums (Dao et al. 2022). With
// exp.cl before it. HEADS query heads of all batches, GROUP of which share a key-value head; SEQ_Q queries, SEQ_K keys,
// DIM and DIM_V elements; CAUSAL: query i sees key j when j <= i + SEQ_K - SEQ_Q.
//
// The first kernel copies keys and values in tiles of TILE keys: keys transposed and scaled, [head][tile][DIM][TILE], and
// values with rows filled up to whole vectors, [head][tile][TILE][16 DIM_VECTORS]. Beyond SEQ_K are zeros.
//
// A work item of the second one computes BLOCK queries of a head. For each tile of keys that they see it goes down the
// queries in groups of 4, so that a tile comes from the nearest cache: 4 x TILE scores in registers, their exponentials,
// and 4 rows of the output, which stay in local memory from tile to tile.

#define TILE (16 * TILE_VECTORS)
#define TILES ((SEQ_K + TILE - 1) / TILE)
#define DIM_VECTORS ((DIM_V + 15) / 16)

__attribute__((reqd_work_group_size(1, 1, 1)))
__kernel void pack(__global const float *keys, __global const float *values,
                   __global float *packed_keys, __global float *packed_values) {
  const int tile = get_global_id(0);
  const int head = get_global_id(1);
  __global const float *k = keys + ((long) head * SEQ_K + tile * TILE) * DIM;
  __global const float *v = values + ((long) head * SEQ_K + tile * TILE) * DIM_V;
  __global float *kt = packed_keys + ((long) head * TILES + tile) * TILE * DIM;
  __global float *vt = packed_values + ((long) head * TILES + tile) * TILE * DIM_VECTORS * 16;
  const int count = min(TILE, SEQ_K - tile * TILE);
  for (int d = 0; d < DIM; d++) {
    for (int j = 0; j < TILE; j++) {
      kt[d * TILE + j] = j < count ? SCALE * k[j * DIM + d] : 0;
    }
  }
  for (int j = 0; j < TILE; j++) {
    for (int d = 0; d < 16 * DIM_VECTORS; d++) {
      vt[j * 16 * DIM_VECTORS + d] = j < count && d < DIM_V ? v[j * DIM_V + d] : 0;
    }
  }
}

// Running values of a query.
typedef struct {
  float largest;
  float16 sum;
} state;

// From scores of a row to exponentials; the factor by which what was summed before is to be multiplied.
inline float weigh(float16 *s, int visible, __local state *row, __local float *p) {
  if (visible < TILE) {
    const int16 lane = (int16) (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#pragma unroll
    for (int t = 0; t < TILE_VECTORS; t++) {
      s[t] = lane + 16 * t < visible ? s[t] : (float16) (-INFINITY);
    }
  }
  float16 most = s[0];
#pragma unroll
  for (int t = 1; t < TILE_VECTORS; t++) {
    most = larger(most, s[t]);
  }
  const float before = row->largest;
  const float largest = max(before, max16(most));
  const float factor = before == largest ? 1.0f : exp_nonpositive(before - largest).x;
  // While a row has seen nothing, its exponentials are those of -infinity, and not of NaN.
  const float base = largest == -INFINITY ? 0 : largest;
  float16 sum = row->sum * factor;
#pragma unroll
  for (int t = 0; t < TILE_VECTORS; t++) {
    const float16 e = exp_nonpositive(s[t] - base);
    sum += e;
    vstore16(e, t, p);
  }
  row->largest = largest;
  row->sum = sum;
  return factor;
}

__attribute__((reqd_work_group_size(1, 1, 1)))
__kernel void attend(__global const float *queries, __global const float *packed_keys,
                     __global const float *packed_values, __global float *output) {
  __local float16 accumulated[(BLOCK + 3) * DIM_VECTORS];
  __local state states[BLOCK + 3];
  __local float p[4 * TILE];
  const int head = get_global_id(0);
#if CAUSAL
  // The longest first: what is left for the end is short.
  const int first = (get_global_size(1) - 1 - get_global_id(1)) * BLOCK;
#else
  const int first = get_global_id(1) * BLOCK;
#endif
  const int rows = min(BLOCK, SEQ_Q - first);
  __global const float *q = queries + ((long) head * SEQ_Q + first) * DIM;
  __global const float *kt = packed_keys + (long) (head / GROUP) * TILES * TILE * DIM;
  __global const float *vt =
      packed_values + (long) (head / GROUP) * TILES * TILE * DIM_VECTORS * 16;
  for (int i = 0; i < rows + 3; i++) {
    states[i].largest = -INFINITY;
    states[i].sum = 0;
    for (int d = 0; d < DIM_VECTORS; d++) {
      accumulated[i * DIM_VECTORS + d] = 0;
    }
  }
  const int offset = first + SEQ_K - SEQ_Q;
  const int end = CAUSAL ? clamp(offset + rows, 0, SEQ_K) : SEQ_K;
  for (int start = 0; start < end; start += TILE, kt += TILE * DIM, vt += TILE * DIM_VECTORS * 16) {
    const int seen = SEQ_K - start;
    // Rows before that see nothing of the tile.
    const int blind = CAUSAL ? max(0, start - offset) / 4 * 4 : 0;
    for (int i = blind; i < rows; i += 4) {
      __global const float *q0 = q + (long) i * DIM;
      __global const float *q1 = q + (long) min(i + 1, rows - 1) * DIM;
      __global const float *q2 = q + (long) min(i + 2, rows - 1) * DIM;
      __global const float *q3 = q + (long) min(i + 3, rows - 1) * DIM;
      float16 s0[TILE_VECTORS], s1[TILE_VECTORS], s2[TILE_VECTORS], s3[TILE_VECTORS];
#pragma unroll
      for (int t = 0; t < TILE_VECTORS; t++) {
        s0[t] = 0;
        s1[t] = 0;
        s2[t] = 0;
        s3[t] = 0;
      }
      for (int d = 0; d < DIM; d++) {
        const float16 x0 = q0[d], x1 = q1[d], x2 = q2[d], x3 = q3[d];
#pragma unroll
        for (int t = 0; t < TILE_VECTORS; t++) {
          const float16 y = vload16(t, kt + d * TILE);
          s0[t] += x0 * y;
          s1[t] += x1 * y;
          s2[t] += x2 * y;
          s3[t] += x3 * y;
        }
      }
#define VISIBLE(r) (CAUSAL ? min(seen, offset + i + r + 1 - start) : seen)
      const float f0 = weigh(s0, VISIBLE(0), states + i, p);
      const float f1 = weigh(s1, VISIBLE(1), states + i + 1, p + TILE);
      const float f2 = weigh(s2, VISIBLE(2), states + i + 2, p + 2 * TILE);
      const float f3 = weigh(s3, VISIBLE(3), states + i + 3, p + 3 * TILE);
      __local float16 *o = accumulated + i * DIM_VECTORS;
      for (int d = 0; d < DIM_VECTORS; d += CHUNK) {
        float16 o0[CHUNK], o1[CHUNK], o2[CHUNK], o3[CHUNK];
#pragma unroll
        for (int c = 0; c < CHUNK; c++) {
          o0[c] = o[d + c] * f0;
          o1[c] = o[DIM_VECTORS + d + c] * f1;
          o2[c] = o[2 * DIM_VECTORS + d + c] * f2;
          o3[c] = o[3 * DIM_VECTORS + d + c] * f3;
        }
        for (int j = 0; j < TILE; j++) {
          const float16 x0 = p[j], x1 = p[TILE + j], x2 = p[2 * TILE + j], x3 = p[3 * TILE + j];
#pragma unroll
          for (int c = 0; c < CHUNK; c++) {
            const float16 y = vload16(d + c, vt + j * DIM_VECTORS * 16);
            o0[c] += x0 * y;
            o1[c] += x1 * y;
            o2[c] += x2 * y;
            o3[c] += x3 * y;
          }
        }
#pragma unroll
        for (int c = 0; c < CHUNK; c++) {
          o[d + c] = o0[c];
          o[DIM_VECTORS + d + c] = o1[c];
          o[2 * DIM_VECTORS + d + c] = o2[c];
          o[3 * DIM_VECTORS + d + c] = o3[c];
        }
      }
    }
  }
  for (int i = 0; i < rows; i++) {
    // A row that has seen no key is 0.
    const float sum = sum16(states[i].sum);
    const float factor = sum > 0 ? 1 / sum : 0;
    __global float *row = output + ((long) head * SEQ_Q + first + i) * DIM_V;
    __local const float *result = (__local const float *) (accumulated + i * DIM_VECTORS);
    for (int d = 0; d < DIM_V; d++) {
      row[d] = result[d] * factor;
    }
  }
}
