package dev.clinicnet.operator.ngrok;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Those who wait in one lane, in a fair order. Namespaces take turns, one request each. Within a
 * namespace clinics take turns (deficit round robin): a clinic may send {@link #QUANTUM} requests
 * before the next one, so that most clinics are completed one after the other, and not all at the
 * end. Within a clinic the first to come goes first.
 *
 * <p>It knows no clock and no threads.
 */
final class FairQueue {
  /** What a clinic may send at a time: somewhat more than most need when they are new. */
  static final int QUANTUM = 8;

  /**
   * For so many requests of the queue, a clinic keeps its place when nobody of it waits any more.
   * Its objects are applied together, but a pass over one of them may come a little later. It would
   * wait again behind all others, although its clinic has just had its turn.
   */
  static final int KEPT = 2 * QUANTUM;

  /** The weight of the last clinic in the mean. */
  private static final double WEIGHT = 0.125;

  private final Map<String, Map<Party.Site, Place>> namespaces = new LinkedHashMap<>();

  /** The clinics that nobody waits for and that keep their places, with the time they left. */
  private final Map<Party.Site, Long> settled = new LinkedHashMap<>();

  private double typical;
  private int size;

  /** The requests that were sent: the time of this queue. */
  private long charges;

  /**
   * An empty queue.
   *
   * @param guess how many requests a clinic is assumed to need before some have shown it
   */
  FairQueue(int guess) {
    this.typical = guess;
  }

  /**
   * The place of a clinic. It keeps it while one of its passes is under way, and a while longer.
   */
  private static final class Place {
    private final Deque<Ticket> tickets = new ArrayDeque<>();
    private int left = QUANTUM;
    private int sent;
    private boolean waited;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /**
   * Adds a ticket.
   *
   * @param goesOn whether a pass that has sent requests goes on: then it goes before the other
   *     objects of its clinic
   */
  void join(Ticket ticket, boolean goesOn) {
    Deque<Ticket> tickets =
        namespaces
            .computeIfAbsent(ticket.party().namespace(), name -> new LinkedHashMap<>())
            .computeIfAbsent(ticket.party().site(), site -> new Place())
            .tickets;
    settled.remove(ticket.party().site());
    if (goesOn) {
      tickets.addFirst(ticket);
    } else {
      tickets.addLast(ticket);
    }
    size++;
  }

  /**
   * Removes a ticket, if it is there.
   *
   * @param goesOn whether its clinic keeps its place even if nobody else of it waits
   */
  void leave(Ticket ticket, boolean goesOn) {
    Map<Party.Site, Place> places = namespaces.getOrDefault(ticket.party().namespace(), Map.of());
    Place place = places.get(ticket.party().site());
    if (place != null && place.tickets.remove(ticket)) {
      size--;
      if (!goesOn) {
        settle(ticket.party().site());
      }
    }
  }

  /**
   * No pass of this clinic is under way: if nobody of it waits, it gives up its place. If it has
   * sent something, it does so {@link #KEPT} requests later.
   */
  void settle(Party.Site site) {
    Place place = namespaces.getOrDefault(site.namespace(), Map.of()).get(site);
    if (place == null || !place.tickets.isEmpty()) {
      return;
    }
    if (place.sent > 0) {
      settled.putIfAbsent(site, charges);
    } else {
      remove(site);
    }
  }

  private void remove(Party.Site site) {
    Map<Party.Site, Place> places = namespaces.get(site.namespace());
    Place place = places.remove(site);
    if (places.isEmpty()) {
      namespaces.remove(site.namespace());
    }
    if (place.waited) {
      typical += WEIGHT * (place.sent - typical);
    }
  }

  /** The first ticket in the fair order that may go now; null if there is none. */
  Ticket next(Predicate<Ticket> mayGo) {
    for (Map<Party.Site, Place> places : namespaces.values()) {
      for (Place place : places.values()) {
        for (Ticket ticket : place.tickets) {
          if (mayGo.test(ticket)) {
            return ticket;
          }
        }
      }
    }
    return null;
  }

  private void removeSettled() {
    while (!settled.isEmpty()) {
      Map.Entry<Party.Site, Long> first = settled.entrySet().iterator().next();
      if (charges - first.getValue() < KEPT) {
        return;
      }
      settled.remove(first.getKey());
      remove(first.getKey());
    }
  }

  /** A request is sent for this ticket, which is still here: it uses up a part of a turn. */
  void charge(Ticket ticket) {
    charges++;
    removeSettled();
    String namespace = ticket.party().namespace();
    Map<Party.Site, Place> places = namespaces.remove(namespace);
    namespaces.put(namespace, places);
    Party.Site site = ticket.party().site();
    Place place = places.get(site);
    place.sent++;
    place.waited |= !ticket.isAttended();
    if (--place.left == 0) {
      place.left = QUANTUM;
      places.remove(site);
      places.put(site, place);
    }
  }

  /** How many requests all who wait probably need. */
  long requests() {
    return Math.round(
        namespaces.values().stream()
            .flatMap(places -> places.values().stream())
            .mapToDouble(this::needs)
            .sum());
  }

  /** How many requests are probably sent before that of this ticket. */
  long before(Ticket ticket) {
    Map<Party.Site, Place> own = namespaces.getOrDefault(ticket.party().namespace(), Map.of());
    double ahead = 0;
    for (Map.Entry<Party.Site, Place> place : own.entrySet()) {
      if (place.getKey().equals(ticket.party().site())) {
        ahead += place.getValue().tickets.stream().takeWhile(other -> other != ticket).count();
        break;
      }
      ahead += needs(place.getValue());
    }
    double all = ahead;
    for (Map<Party.Site, Place> others : namespaces.values()) {
      if (others != own) {
        all += Math.min(ahead + 1, others.values().stream().mapToDouble(this::needs).sum());
      }
    }
    return Math.round(all);
  }

  private double needs(Place place) {
    return Math.max(place.tickets.size(), typical - place.sent);
  }
}
