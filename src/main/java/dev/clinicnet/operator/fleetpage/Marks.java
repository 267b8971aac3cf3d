package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.attention.Need;

/** Small parts that several pages have. */
final class Marks {
  private static final int SHORT = 180;

  private Marks() {}

  /** A need as coloured words. */
  static void need(Html html, Need need) {
    html.leaf("span", need.words(), "class", "level " + need.code());
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
