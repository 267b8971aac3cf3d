package dev.clinicnet.operator.ngrok;

import java.util.HashSet;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * The way through the pages of one list. The next page's address is followed as it is (documented:
 * a client that computes its own loses rows), but never to another host, because the API key would
 * go with it.
 */
final class Paging {

  /** A hundred objects each, more than any account holds. */
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
   * @param rows how many objects it held; a page without any is the last (documented)
   * @param nextPageUri what it says about its successor; null or empty on the last page
   * @return what is wrong with the successor; null when nothing is
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
