package dev.gale.validation.contract;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.testing.EachThread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every variant of attention must get right: sizes here, special inputs in {@link AttentionSpecials}. */
final class AttentionCases {

  /** batchSize, numHeads, numKvHeads, seqLenQ, seqLenK, headDim, headDimV. */
  private static final int[][] SIZES = {
    {1, 1, 1, 1, 1, 1, 1},
    {1, 1, 1, 2, 2, 2, 2},
    {1, 1, 1, 17, 17, 17, 17},
    {1, 2, 2, 31, 32, 33, 16},
    {1, 2, 1, 33, 31, 32, 64},
    {2, 2, 2, 64, 64, 64, 64},
    {1, 1, 1, 113, 113, 16, 24},
    {1, 1, 1, 257, 257, 8, 8},
    {2, 4, 2, 17, 64, 16, 8},
    {1, 2, 1, 64, 17, 8, 16},
    {3, 6, 1, 5, 33, 4, 3},
    {1, 2, 2, 1, 257, 64, 64},
    {1, 1, 1, 5, 70, 128, 113},
    {1, 1, 1, 3, 600, 8, 8},
    {1, 1, 1, 3, 20, 520, 33},
    {1, 6, 1, 1, 1100, 32, 80},
    {2, 8, 2, 1, 35, 16, 64},
    {1, 1, 1, 2, 5, 20000, 14000},
    // More blocks of 16 rows than 64 for each of 16 cores.
    {9, 64, 8, 17, 20, 5, 4},
    // Groups of such blocks.
    {1, 2, 1, EachThread.queries(), 300, 8, 5},
    {1, 2, 2, EachThread.queries(), 150, 16, 16},
    {1, 1, 1, 2 * EachThread.queries(), 2 * EachThread.queries() + 70, 4, 3},
  };

  private AttentionCases() {}

  /** Everything, each size causal and not. */
  static List<NamedCase<AttentionCase>> all() {
    List<NamedCase<AttentionCase>> cases = new ArrayList<>();
    for (int[] size : SIZES) {
      cases.add(sized(size, false));
      cases.add(sized(size, true));
    }
    cases.addAll(masked());
    cases.addAll(AttentionSpecials.all());
    cases.addAll(OneQuerySpecials.all());
    return byPlan(cases);
  }

  /** Everything, but each size only once, for devices that compile each plan anew: causal and not in turn. */
  static List<NamedCase<AttentionCase>> forDevices() {
    List<NamedCase<AttentionCase>> cases = new ArrayList<>();
    for (int s = 0; s < SIZES.length; s++) {
      cases.add(sized(SIZES[s], s % 2 == 0));
    }
    cases.addAll(masked());
    cases.addAll(AttentionSpecials.all());
    cases.addAll(OneQuerySpecials.all());
    return byPlan(cases);
  }

  private static NamedCase<AttentionCase> sized(int[] size, boolean causal) {
    AttentionShape shape =
        new AttentionShape(size[0], size[1], size[2], size[3], size[4], size[5], size[6]);
    return generated(shape, AttentionOptions.of(shape).withCausal(causal));
  }

  /** Masks of each form. */
  static List<NamedCase<AttentionCase>> masked() {
    List<NamedCase<AttentionCase>> cases = new ArrayList<>();
    AttentionShape shape = new AttentionShape(2, 4, 2, 19, 45, 24, 20);
    for (int maskHeads : new int[] {1, shape.numHeads(), shape.heads()}) {
      AttentionOptions options = AttentionOptions.of(shape).withMaskHeads(maskHeads);
      cases.add(generated(shape, options));
      cases.add(generated(shape, options.withCausal(true)));
    }
    AttentionShape groups = new AttentionShape(1, 2, 2, EachThread.queries(), 140, 4, 4);
    cases.add(generated(groups, AttentionOptions.of(groups).withMaskHeads(1)));
    cases.add(generated(groups, AttentionOptions.of(groups).withMaskHeads(2).withCausal(true)));
    return cases;
  }

  /** The same cases, those of one plan one after the other. */
  private static List<NamedCase<AttentionCase>> byPlan(List<NamedCase<AttentionCase>> cases) {
    Map<List<Object>, List<NamedCase<AttentionCase>>> plans = new LinkedHashMap<>();
    for (NamedCase<AttentionCase> named : cases) {
      List<Object> plan = List.of(named.value().shape(), named.value().options());
      plans.computeIfAbsent(plan, absent -> new ArrayList<>()).add(named);
    }
    return plans.values().stream().flatMap(List::stream).toList();
  }

  private static NamedCase<AttentionCase> generated(
      AttentionShape shape, AttentionOptions options) {
    String name =
        "%d x %d/%d heads, %d x %d, %d/%d%s%s"
            .formatted(
                shape.batchSize(),
                shape.numHeads(),
                shape.numKvHeads(),
                shape.seqLenQ(),
                shape.seqLenK(),
                shape.headDim(),
                shape.headDimV(),
                options.causal() ? ", causal" : "",
                options.maskHeads() > 0 ? ", maskHeads " + options.maskHeads() : "");
    return new NamedCase<>(name, AttentionCase.generated(shape, options, 42));
  }
}
