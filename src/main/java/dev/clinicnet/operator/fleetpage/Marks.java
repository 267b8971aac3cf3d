package dev.clinicnet.operator.fleetpage;

/** Small parts that several pages have. */
final class Marks {
  private static final int SHORT = 180;

  private Marks() {}

  /** A level as a coloured word. */
  static void level(Html html, Level level) {
    html.leaf("span", level.title(), "class", "level " + level.key());
  }

  /** A web address as a link, and any other text as a text. */
  static void address(Html html, String text) {
    address(html, text, true);
  }

  /** An address. Only public ones are links, because a browser does not reach the others. */
  static void address(Html html, String text, boolean isPublic) {
    if (text == null || text.isEmpty()) {
      html.text("–");
    } else if (isPublic && text.startsWith("https://") && Html.isSafeAddress(text)) {
      html.leaf("a", text, "href", text, "rel", "noreferrer noopener");
    } else {
      html.leaf("code", text);
    }
  }

  /** The begin of a long text, up to a word's end. */
  static String shortened(String text) {
    if (text.length() <= SHORT) {
      return text;
    }
    int space = text.lastIndexOf(' ', SHORT);
    return text.substring(0, space < SHORT / 2 ? SHORT : space) + " …";
  }
}
