package dev.gale.cli.report;

import dev.gale.benchmarks.race.Ceilings;
import dev.gale.benchmarks.race.Entrant;
import dev.gale.benchmarks.race.Judgement;
import dev.gale.benchmarks.race.Outcome;
import dev.gale.benchmarks.statistics.MedianInterval;
import dev.gale.cli.bench.RaceResult;
import dev.gale.tasks.plan.Cost;
import dev.gale.validation.harness.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A contestant in a race as names and values, the same in CSV and in JSON; null where there is no value. */
final class BenchRecord {

  private BenchRecord() {}

  /** The records of a race. */
  static List<Map<String, @Nullable Object>> of(RaceResult result) {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    result.outcomes().forEach((entrant, outcome) -> records.add(of(result, entrant, outcome)));
    return records;
  }

  private static Map<String, @Nullable Object> of(
      RaceResult result, Entrant entrant, Outcome outcome) {
    boolean gale = entrant.kind() == Entrant.Kind.GALE;
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("operator", result.work().operator());
    fields.put("shape", result.work().shape());
    fields.put("threads", result.threads());
    fields.put("contestant", gale ? "gale" : entrant.name());
    fields.put("device", gale ? entrant.name() : null);
    fields.put("variant", entrant.variant());
    fields.put("version", null);
    fields.put("outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    fields.put("remark", null);
    judged(fields, null);
    measured(fields, result, null);
    switch (outcome) {
      case Outcome.Absent absent -> fields.put("remark", absent.reason());
      case Outcome.Failed failed -> fields.put("remark", failed.message());
      case Outcome.Wrong wrong -> {
        fields.put(gale ? "variant" : "version", wrong.opened().variant());
        fields.put("remark", wrong.judgement().verdict().complaint());
        judged(fields, wrong.judgement());
      }
      case Outcome.Measured measured -> {
        fields.put(gale ? "variant" : "version", measured.opened().variant());
        fields.put("remark", measured.opened().remark());
        judged(fields, measured.judgement());
        measured(fields, result, measured);
      }
    }
    return fields;
  }

  private static void judged(Map<String, @Nullable Object> fields, @Nullable Judgement judgement) {
    Verdict verdict = judgement == null ? null : judgement.verdict();
    fields.put("verdict", verdict == null ? null : verdict.passed() ? "passed" : "failed");
    fields.put("validated", judgement == null ? null : judgement.coverage());
    fields.put("elements", verdict == null ? null : verdict.elements());
    fields.put("outside", verdict == null ? null : verdict.outside());
    fields.put("maxError", verdict == null ? null : finite(verdict.maxError()));
    fields.put("maxBoundRatio", verdict == null ? null : finite(verdict.maxBoundRatio()));
  }

  private static void measured(
      Map<String, @Nullable Object> fields, RaceResult result, Outcome.@Nullable Measured found) {
    MedianInterval nanos = found == null ? null : found.nanosPerCall();
    fields.put("medianNanos", nanos == null ? null : nanos.median());
    fields.put("lowNanos", nanos == null ? null : nanos.low());
    fields.put("highNanos", nanos == null ? null : nanos.high());
    fields.put("confidence", nanos == null ? null : nanos.confidence());
    fields.put("samples", nanos == null ? null : nanos.samples());
    fields.put("callsPerSample", found == null ? null : found.callsPerSample());
    fields.put("kernelNanos", found == null ? null : finite(found.kernelNanosPerCall()));
    fields.put("copyInNanos", found == null ? null : finite(found.copyInNanosPerCall()));
    fields.put("copyOutNanos", found == null ? null : finite(found.copyOutNanosPerCall()));
    fields.put("coldNanos", found == null ? null : found.opened().wallNanos());
    fields.put("coldCompileNanos", found == null ? null : known(found.opened().compileNanos()));
    fields.put("coldCopyInNanos", found == null ? null : known(found.opened().copyInNanos()));
    fields.put("cores", found == null ? null : finite(found.cores()));
    Cost cost = result.work().cost();
    // FLOP and bytes per ns are GFLOP and GB per s.
    fields.put("gflops", nanos == null ? null : cost.flop() / nanos.median());
    fields.put("gigabytesPerSecond", nanos == null ? null : cost.bytes() / nanos.median());
    fields.put("ceiling", result.limit().id());
    fields.put("ceilingRate", result.ceilingRate());
    fields.put("ceilingUnit", result.limit().unit());
    fields.put("ofCeiling", found == null ? null : finite(result.fraction(found)));
    fields.put("timesBestPeer", found == null ? null : finite(result.timesBestPeer(found)));
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static @Nullable Long known(long nanos) {
    return nanos < 0 ? null : nanos;
  }

  /** Rates of ceilings by name. */
  static Map<String, Object> of(Ceilings ceilings) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("threads", ceilings.threads());
    ceilings.rates().forEach((kind, rate) -> fields.put(kind.id(), rate));
    return fields;
  }
}
