package dev.gale.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gale.cli.process.Row;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.JobResult;
import dev.gale.cli.work.OutputFile;
import dev.gale.validation.harness.Verdict;
import java.util.List;

/** Rows as JSON, one object on one line. */
public final class JsonReport {

  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonReport() {}

  /** One row. */
  public static String one(Row row) {
    return text(object(row));
  }

  /** Several rows: {@code {"results": [...]}}. */
  public static String all(List<Row> rows) {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode results = root.putArray("results");
    rows.forEach(row -> results.add(object(row)));
    return text(root);
  }

  /** A request that did not come to a row: {@code {"error": {"status": 2, "message": "..."}}}. */
  public static String error(int status, String message) {
    ObjectNode root = MAPPER.createObjectNode();
    putError(root, status, message);
    return text(root);
  }

  private static ObjectNode object(Row row) {
    ObjectNode node = MAPPER.createObjectNode();
    Job job = row.job();
    node.put("operator", job.workload().operator());
    if (job.title() != null) {
      node.put("title", job.title());
    }
    node.put("device", row.device());
    switch (row.outcome()) {
      case Row.Computed computed -> put(node, job, computed.result());
      case Row.Failed failed -> putError(node, failed.status(), failed.message());
    }
    return node;
  }

  private static void put(ObjectNode node, Job job, JobResult result) {
    node.put("deviceDescription", result.device().description());
    node.put("deviceKind", result.device().kind().toString());
    node.put("variant", result.variant());
    node.put("variantReason", result.reason());
    node.set("shape", MAPPER.valueToTree(result.shape()));
    if (job.workload().isGenerated()) {
      node.put("seed", job.workload().seed());
    }
    if (!job.workload().files().isEmpty()) {
      ObjectNode inputs = node.putObject("inputs");
      job.workload().files().forEach(file -> inputs.put(file.name(), file.shown()));
    }
    put(node.putObject("validation"), result.verdict());
    if (result.weightsVerdict() != null) {
      put(node.putObject("weightsValidation"), result.weightsVerdict());
    }
    // A number is a speed only if what was timed is right.
    if (result.passed()) {
      node.set("timing", MAPPER.valueToTree(Timing.of(result)));
      ObjectNode outputs = node.putObject("outputs");
      for (OutputFile file : job.outputs()) {
        outputs.put(file.name(), file.target().toString());
      }
    }
    ObjectNode proof = node.putObject("proof");
    proof.put(
        "minKernelNanos",
        result.runs().stream().mapToLong(run -> run.kernelNanos()).min().orElse(0));
    proof.put("runs", result.runs().size());
    proof.put("outputsFilledWithNaN", true);
    proof.put("tornadoRecoverBailout", result.bailout());
  }

  private static void put(ObjectNode node, Verdict verdict) {
    node.put("verdict", verdict.passed() ? "passed" : "failed");
    node.put("elements", verdict.elements());
    node.put("outside", verdict.outside());
    putFinite(node, "maxError", verdict.maxError());
    putFinite(node, "maxBoundRatio", verdict.maxBoundRatio());
    if (verdict.complaint() != null) {
      node.put("complaint", verdict.complaint());
    }
  }

  /** JSON has no NaN and no infinity: null stands for both, and the complaint says which. */
  private static void putFinite(ObjectNode node, String field, double value) {
    if (Double.isFinite(value)) {
      node.put(field, value);
    } else {
      node.putNull(field);
    }
  }

  private static void putError(ObjectNode node, int status, String message) {
    ObjectNode error = node.putObject("error");
    error.put("status", status);
    error.put("message", message);
  }

  static String text(ObjectNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
