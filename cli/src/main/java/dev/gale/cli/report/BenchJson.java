package dev.gale.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gale.cli.bench.BenchRequest;
import dev.gale.cli.bench.Machine;
import dev.gale.cli.bench.RaceResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Races as one JSON object on one line: {@code {"machine": {...}, "settings": {...}, "results": [...]}}. */
public final class BenchJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  private BenchJson() {}

  /** The whole run. */
  public static String text(BenchRequest request, Machine machine, List<RaceResult> results) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("machine", of(machine));
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("seed", request.seed());
    settings.put("copies", request.copies());
    settings.put("rounds", request.settings().rounds());
    settings.put("sampleSeconds", request.settings().sampleSeconds());
    settings.put("warmUpSeconds", request.settings().warmUpSeconds());
    settings.put("budgetSeconds", request.settings().budgetSeconds());
    settings.put("pauseSeconds", request.settings().pauseSeconds());
    root.put("settings", settings);
    root.put("results", results.stream().flatMap(race -> BenchRecord.of(race).stream()).toList());
    try {
      return MAPPER.writeValueAsString(root);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<String, Object> of(Machine machine) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("processor", machine.processor());
    fields.put("cores", machine.cores());
    fields.put("system", machine.system());
    fields.put("jvm", machine.jvm());
    fields.put("loadAverage", machine.loadAverage());
    fields.put("ceilings", machine.ceilings().stream().map(BenchRecord::of).toList());
    return fields;
  }
}
