package dev.gale.validation.contract;

/**
 * A case of a contract.
 *
 * @param name what is special about it
 * @param value the case
 */
record NamedCase<C>(String name, C value) {

  @Override
  public String toString() {
    return name;
  }
}
