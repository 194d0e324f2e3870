package dev.gale.models.multihead;

import dev.gale.models.linear.Linear;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.choice.VariantChoice;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.layout.Heads;
import dev.gale.tasks.layout.HeadsShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Multi-head attention composed of one matmul for each projection and one attention: MultiHead(X, M) = Concat(head_1,
 * ..., head_H) Wo + bo with head_h = attention(X Wq_h + bq_h, M Wk_h + bk_h, M Wv_h + bv_h) (Vaswani et al. 2017, section
 * 3.2.2). The projections of all heads are one multiplication, whose columns are then split into heads.
 *
 * <pre>
 * input  -> [QueryMatmul] -> [QueryBias] -> [QuerySplit] -> queries
 * memory -> [KeyMatmul]   -> [KeyBias]   -> [KeySplit]   -> keys
 * memory -> [ValueMatmul] -> [ValueBias] -> [ValueSplit] -> values
 * queries, keys, values, mask -> [Attention] -> heads -> [Merge] -> [OutputMatmul] -> [OutputBias] -> output
 * </pre>
 *
 * @param matmuls how each projection multiplies
 * @param attention how attention is computed
 */
public record ComposedMultiHead(Map<Projection, MatmulVariant> matmuls, AttentionVariant attention)
    implements MultiHeadVariant {

  /**
   * @throws IllegalArgumentException if a projection has no variant
   */
  public ComposedMultiHead {
    if (matmuls.size() != Projection.values().length) {
      throw new IllegalArgumentException(
          "multihead: matmul variants for " + matmuls.keySet() + ", expected one a projection");
    }
    matmuls = Collections.unmodifiableMap(new EnumMap<>(matmuls));
  }

  /** The same matmul for every projection. */
  public static ComposedMultiHead of(MatmulVariant matmul, AttentionVariant attention) {
    return new ComposedMultiHead(
        Stream.of(Projection.values())
            .collect(Collectors.toMap(projection -> projection, projection -> matmul)),
        attention);
  }

  /** For each step the variant that {@link VariantChoice} names for the device and the step's shape. */
  public static ComposedMultiHead auto(
      DeviceInfo device, MultiHeadShape shape, MultiHeadOptions options) {
    return new ComposedMultiHead(
        Stream.of(Projection.values())
            .collect(
                Collectors.toMap(
                    projection -> projection,
                    projection -> VariantChoice.matmul(device, shape.projection(projection)))),
        VariantChoice.attention(device, shape.attention(), options.attention()));
  }

  /** {@code matmul=blocked,attention=flash}; where matmuls differ, those of q, k, v and o: {@code matmul=a/b/b/a,...}. */
  @Override
  public String id() {
    String each =
        matmuls.values().stream().map(MatmulVariant::id).distinct().count() == 1
            ? matmul(Projection.QUERY).id()
            : matmuls.values().stream().map(MatmulVariant::id).collect(Collectors.joining("/"));
    return "matmul=" + each + ",attention=" + attention.id();
  }

  /** The dialect, in the order of {@link Dialect}, that runs on the fewest devices of those within. */
  @Override
  public Dialect dialect() {
    return Stream.concat(
            matmuls.values().stream().map(MatmulVariant::dialect), Stream.of(attention.dialect()))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Override
  public boolean exponentialsInLanes() {
    return attention.exponentialsInLanes();
  }

  @Override
  public boolean runsOn(DeviceInfo device) {
    return attention.runsOn(device)
        && matmuls.values().stream().allMatch(matmul -> matmul.runsOn(device));
  }

  @Override
  public void check(DeviceInfo device, MultiHeadShape shape, MultiHeadOptions options) {
    matmuls.values().forEach(matmul -> matmul.check("matmul", device));
    attention.check(device, shape.attention(), options.attention());
  }

  @Override
  public void append(
      GraphBuilder graph,
      String task,
      MultiHeadShape shape,
      MultiHeadOptions options,
      MultiHeadWeights weights,
      MultiHeadBuffers buffers,
      MultiHeadActivations activations) {
    Layer layer = new Layer(graph, task, shape, weights);
    project(layer, Projection.QUERY, buffers.input(), activations.queries());
    project(layer, Projection.KEY, buffers.memory(), activations.keys());
    project(layer, Projection.VALUE, buffers.memory(), activations.values());
    attention.append(
        graph,
        task + "Attention",
        shape.attention(),
        options.attention(),
        new AttentionBuffers(
            activations.queries(),
            activations.keys(),
            activations.values(),
            buffers.mask(),
            activations.heads(),
            graph.intermediate(shape.attention().lseElements())));
    HeadsShape heads = shape.heads(Projection.OUTPUT);
    FloatArray merged = graph.intermediate(heads.elements());
    Heads.merge(graph, task + "Merge", heads, activations.heads(), merged);
    linear(layer, Projection.OUTPUT, merged, buffers.output());
  }

  /** A projection of tokens, split into heads. */
  private void project(
      Layer layer, Projection projection, FloatArray tokens, FloatArray activation) {
    HeadsShape heads = layer.shape().heads(projection);
    FloatArray projected = layer.graph().intermediate(heads.elements());
    linear(layer, projection, tokens, projected);
    Heads.split(layer.graph(), layer.task(projection) + "Split", heads, projected, activation);
  }

  private void linear(Layer layer, Projection projection, FloatArray x, FloatArray y) {
    Linear.append(
        layer.graph(),
        layer.task(projection),
        matmul(projection),
        layer.shape().projection(projection),
        layer.weights().of(projection),
        x,
        y);
  }

  private MatmulVariant matmul(Projection projection) {
    return Objects.requireNonNull(matmuls.get(projection));
  }

  private record Layer(
      GraphBuilder graph, String task, MultiHeadShape shape, MultiHeadWeights weights) {

    String task(Projection projection) {
      return task + projection.title();
    }
  }
}
