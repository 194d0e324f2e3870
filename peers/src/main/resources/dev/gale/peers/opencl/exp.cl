// exp(x) for x <= 0, in vectors: 2^n e^r with n = round(x log2 e), |r| <= ln 2 / 2, e^r by its Taylor polynomial of degree 7,
// which is off by 2^-27 of e^r at most. Below -87 the result is 0.

#define ROUNDER 12582912.0f
#define LOG2E 1.44269504f
#define LN2_HIGH 0.693359375f
#define LN2_LOW -2.12194440e-4f
#define LEAST -87.0f

// As one instruction: that of the language takes several, for NaN.
inline float16 larger(float16 x, float16 y) {
  return x > y ? x : y;
}

inline float16 exp_nonpositive(float16 x) {
  const float16 clamped = larger(x, LEAST);
  const float16 shifted = clamped * LOG2E + ROUNDER;
  const float16 n = shifted - ROUNDER;
  const float16 r = (clamped - n * LN2_HIGH) - n * LN2_LOW;
  float16 p = 1.0f / 5040;
  p = p * r + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  const float16 power = as_float16((as_int16(shifted) + 127) << 23);
  return x < LEAST ? (float16) (0) : p * power;
}

inline float max16(float16 x) {
  const float8 a = max(x.lo, x.hi);
  const float4 b = max(a.lo, a.hi);
  const float2 c = max(b.lo, b.hi);
  return max(c.x, c.y);
}

inline float sum16(float16 x) {
  const float8 a = x.lo + x.hi;
  const float4 b = a.lo + a.hi;
  const float2 c = b.lo + b.hi;
  return c.x + c.y;
}
