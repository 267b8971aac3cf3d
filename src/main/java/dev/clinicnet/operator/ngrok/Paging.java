package dev.clinicnet.operator.ngrok;

import java.util.HashSet;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Follows the pages of one list. The address of the next page is used as it is (documented: a
 * client that computes its own loses rows), but never for another host, because the API key would
 * be sent there.
 */
final class Paging {

  /** The maximum, with a hundred objects in each page: more than any account holds. */
  private static final int MOST_PAGES = 5_000;

  private final HttpUrl base;
  private final Set<HttpUrl> visited = new HashSet<>();
  private HttpUrl next;

  Paging(HttpUrl base, HttpUrl first) {
    this.base = base;
    this.next = first;
    visited.add(first);
  }

  /** The page to ask for; null after the last. */
  HttpUrl next() {
    return next;
  }

  /**
   * Goes on from a page.
   *
   * @param rows how many objects the page had; a page without objects is the last (documented)
   * @param nextPageUri the address of the next page; null or empty on the last page
   * @return what is wrong with that address; null if it is correct
   */
  String turn(int rows, String nextPageUri) {
    next = null;
    if (rows == 0 || nextPageUri == null || nextPageUri.isEmpty()) {
      return null;
    }
    HttpUrl candidate = base.resolve(nextPageUri);
    if (candidate == null || !sameOrigin(candidate)) {
      return "the next page of the list is not on "
          + base.host()
          + ":"
          + base.port()
          + ", and the API key is never sent elsewhere; set the base URL to the host that the"
          + " platform itself names";
    }
    if (!visited.add(candidate) || visited.size() > MOST_PAGES) {
      return "the list does not end";
    }
    next = candidate;
    return null;
  }

  private boolean sameOrigin(HttpUrl url) {
    return url.scheme().equals(base.scheme())
        && url.host().equals(base.host())
        && url.port() == base.port()
        && url.username().isEmpty()
        && url.password().isEmpty();
  }
}
