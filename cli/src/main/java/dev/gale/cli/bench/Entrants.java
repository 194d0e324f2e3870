package dev.gale.cli.bench;

import dev.gale.benchmarks.race.Entrant;
import dev.gale.benchmarks.work.AttentionWork;
import dev.gale.benchmarks.work.MatmulWork;
import dev.gale.benchmarks.work.SoftmaxWork;
import dev.gale.benchmarks.work.Work;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.plan.Variant;
import dev.gale.tasks.plan.VariantCatalogue;
import dev.gale.tasks.softmax.SoftmaxVariants;
import java.util.ArrayList;
import java.util.List;

/** Who races: Gale's variants on the devices, and other libraries, one of these and one of those by turns. */
public final class Entrants {

  private final BenchRequest request;
  private final List<DeviceInfo> devices;

  Entrants(BenchRequest request, List<DeviceInfo> devices) {
    this.request = request;
    this.devices = devices;
  }

  /** Those of a work. */
  List<Entrant> of(Work work) {
    List<Entrant> peers = request.peers().stream().map(Entrant::peer).toList();
    List<Entrant> gale = new ArrayList<>();
    for (DeviceInfo device : devices) {
      gale.addAll(onDevice(work, device));
    }
    List<Entrant> both = new ArrayList<>();
    for (int i = 0; i < Math.max(peers.size(), gale.size()); i++) {
      if (i < peers.size()) {
        both.add(peers.get(i));
      }
      if (i < gale.size()) {
        both.add(gale.get(i));
      }
    }
    return both;
  }

  private List<Entrant> onDevice(Work work, DeviceInfo device) {
    String id = device.id().toString();
    VariantCatalogue<?> catalogue = catalogue(work);
    if (request.variants().isEmpty()) {
      return List.of(Entrant.gale(id, null));
    }
    if (request.variants().contains(BenchRequest.ALL)) {
      return catalogue.runningOn(device).stream()
          .map(variant -> Entrant.gale(id, variant.id()))
          .toList();
    }
    // A name that this operator does not have is another operator's.
    return request.variants().stream()
        .filter(name -> catalogue.all().stream().map(Variant::id).anyMatch(name::equals))
        .map(name -> Entrant.gale(id, name))
        .toList();
  }

  /** The variants of a work's operator. */
  public static VariantCatalogue<?> catalogue(Work work) {
    return switch (work) {
      case MatmulWork _ -> MatmulVariants.catalogue();
      case SoftmaxWork _ -> SoftmaxVariants.catalogue();
      case AttentionWork _ -> AttentionVariants.catalogue();
    };
  }
}
