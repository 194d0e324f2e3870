package dev.gale.models.multihead;

/** The four linear layers of multi-head attention. */
public enum Projection {
  /** The input to queries. */
  QUERY("Query", "q"),
  /** The memory to keys. */
  KEY("Key", "k"),
  /** The memory to values. */
  VALUE("Value", "v"),
  /** The merged heads to the output. */
  OUTPUT("Output", "o");

  private final String title;
  private final String letter;

  Projection(String title, String letter) {
    this.title = title;
    this.letter = letter;
  }

  /** What its weight is called: {@code wq}, {@code wk}, {@code wv}, {@code wo}. */
  public String weightName() {
    return "w" + letter;
  }

  /** What its bias is called: {@code bq}, {@code bk}, {@code bv}, {@code bo}. */
  public String biasName() {
    return "b" + letter;
  }

  /** What its tasks are called: {@code Query}, {@code Key}, {@code Value}, {@code Output}. */
  public String title() {
    return title;
  }
}
