package dev.gale.cli.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gale.cli.common.Surroundings;
import dev.gale.cli.process.DeviceList;
import dev.gale.tasks.device.DeviceInfo;

/** The list of devices. */
public final class DevicesReport {

  private static final JsonMapper MAPPER = new JsonMapper();

  private DevicesReport() {}

  /** For people: the table on standard output, notes on standard error. */
  public static void print(DeviceList list, Surroundings surroundings) {
    Table table =
        new Table(
            "DEVICE",
            "KIND",
            "COMPUTE UNITS",
            "MEMORY",
            "LOCAL MEMORY",
            "WORK-GROUP",
            "VECTORS",
            "FP16",
            "FP64",
            "DESCRIPTION");
    for (DeviceInfo device : list.devices()) {
      table.row(
          device.id().toString(),
          device.kind().toString(),
          Integer.toString(device.computeUnits()),
          Numbers.bytes(device.globalMemoryBytes()),
          Numbers.bytes(device.localMemoryBytes()),
          Long.toString(device.maxWorkGroupSize()),
          device.vectorFloats() > 0 ? device.vectorFloats() + " floats" : "-",
          device.fp16() ? "yes" : "no",
          device.fp64() ? "yes" : "no",
          device.description());
    }
    table.lines().forEach(surroundings.out()::println);
    list.notes().forEach(note -> surroundings.err().println("gale: " + note));
  }

  /** {@code {"devices": [...], "notes": [...]}}. */
  public static String json(DeviceList list) {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode devices = root.putArray("devices");
    for (DeviceInfo device : list.devices()) {
      ObjectNode node = devices.addObject();
      node.put("device", device.id().toString());
      node.put("description", device.description());
      node.put("kind", device.kind().toString());
      node.put("computeUnits", device.computeUnits());
      node.put("globalMemoryBytes", device.globalMemoryBytes());
      node.put("maxAllocationBytes", device.maxAllocationBytes());
      node.put("localMemoryBytes", device.localMemoryBytes());
      node.put("maxWorkGroupSize", device.maxWorkGroupSize());
      node.put("vectorFloats", device.vectorFloats());
      node.put("fp16", device.fp16());
      node.put("fp64", device.fp64());
    }
    ArrayNode notes = root.putArray("notes");
    list.notes().forEach(notes::add);
    return JsonReport.text(root);
  }
}
