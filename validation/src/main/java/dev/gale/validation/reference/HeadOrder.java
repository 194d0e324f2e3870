package dev.gale.validation.reference;

import dev.gale.tasks.layout.HeadsShape;

/** Where an element stands when the columns of tokens are split into heads. */
public record HeadOrder(HeadsShape shape) {

  /** The place in [batchSize, seqLen, numHeads, headDim] of an element of [batchSize, numHeads, seqLen, headDim]. */
  public int tokenMajor(int headMajor) {
    int d = headMajor % shape.headDim();
    int row = headMajor / shape.headDim();
    int i = row % shape.seqLen();
    int head = row / shape.seqLen();
    int h = head % shape.numHeads();
    int b = head / shape.numHeads();
    return ((b * shape.seqLen() + i) * shape.numHeads() + h) * shape.headDim() + d;
  }

  /** Elements of tokens in the order of heads. */
  public double[] split(double[] tokens) {
    double[] heads = new double[shape.elements()];
    for (int at = 0; at < heads.length; at++) {
      heads[at] = tokens[tokenMajor(at)];
    }
    return heads;
  }

  /** Elements of heads in the order of tokens. */
  public double[] merge(double[] heads) {
    double[] tokens = new double[shape.elements()];
    for (int at = 0; at < tokens.length; at++) {
      tokens[tokenMajor(at)] = heads[at];
    }
    return tokens;
  }
}
