package org.consilium.deploy.telling;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * The words of every letter. None says anything of a patient, and none names a colleague: what it
 * is about stands in the product, behind a sign-in. Pure.
 *
 * @param page where people open the product
 */
record Words(URI page) {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private static final int GAPS_SHOWN = 10;

  /** A subject and a text. */
  record Said(String subject, String text) {}

  /** A reader's clock, and the one at the other end of the call. */
  record Clocks(ZoneId own, String other, ZoneId others) {}

  Said invited(TimeSlot slot, Clocks clocks) {
    return said(
        "Teleconsult on " + at(slot.start(), clocks.own()),
        "A teleconsult with you is booked.\n\n" + both(slot, clocks),
        "Confirm it, ask for another time or say that you cannot come",
        "");
  }

  Said moved(TimeSlot slot, Clocks clocks) {
    return said(
        "Teleconsult moved to " + at(slot.start(), clocks.own()),
        "The teleconsult with you has a new time.\n\n" + both(slot, clocks),
        "Confirm it, ask for another time or say that you cannot come",
        "");
  }

  Said cancelled(TimeSlot slot, Clocks clocks) {
    return said(
        "Teleconsult cancelled: " + at(slot.start(), clocks.own()),
        "This teleconsult does not take place. Your time is free again.\n\n" + both(slot, clocks),
        "Your appointments",
        "");
  }

  Said notYours(TimeSlot slot, Clocks clocks) {
    return said(
        "You are not needed: teleconsult on " + at(slot.start(), clocks.own()),
        "This teleconsult takes place without you, or at another time. Your time is free again."
            + "\n\n"
            + both(slot, clocks),
        "Your appointments",
        "");
  }

  Said reminder(String when, TimeSlot slot, Clocks clocks, String path) {
    return said(
        "Teleconsult %s: %s".formatted(when, at(slot.start(), clocks.own())),
        "Your teleconsult begins %s.\n\n".formatted(when) + both(slot, clocks),
        "Open it, or say that you cannot come",
        path);
  }

  Said offer(String urgency, Instant now, Instant until, ZoneId own) {
    return said(
        "A consult needs you: answer by " + at(until, own),
        "A %s consult is offered to you. It waits for your answer until\n%s, for another %s."
            .formatted(urgency, at(until, own), left(Duration.between(now, until))),
        "Read it, and accept or refuse",
        "specialist");
  }

  Said missedRing(Instant at, ZoneId own, String path) {
    return said(
        "You were rung at " + at(at, own),
        "Somebody rang you in Consilium at\n%s\nand you were not there.".formatted(at(at, own)),
        "See what it was",
        path);
  }

  Said licenceEnds(LocalDate last, int daysLeft, String path) {
    return said(
        "Your licence ends on " + DAY.format(last),
        """
        A licence of yours ends on %s, in %s at most. Without a verified one no consult can be
        offered to you from the day after.\
        """
            .formatted(DAY.format(last), count(daysLeft, "day")),
        "Enter the renewed one",
        path);
  }

  Said newDevice(Instant at, ZoneId zone) {
    return said(
        "Your account was opened on a new device",
        """
        Somebody signed in with your password on %s, in a browser that your account did not know.

        If it was you, there is nothing to do. If not, open the product and press "Sign out
        everywhere", and ask your administrator for a new password.\
        """
            .formatted(at(at, zone)),
        "Open the product",
        "");
  }

  Said suspended(String path) {
    return said(
        "No consults for you until your licence is verified",
        """
        None of your licences is valid just now, so no consult is offered to you. What is booked
        with you may have to be given to somebody else.\
        """,
        "Enter a licence",
        path);
  }

  Said shiftTaken(TimeSlot slot, ZoneId own) {
    return said(
        "Your on-call shift was taken over",
        "A colleague is on call in your place.\n\n" + times(slot, own),
        "Your shifts",
        "specialist/shifts");
  }

  Said shiftYours(TimeSlot slot, ZoneId own) {
    return said(
        "You are on call: " + at(slot.start(), own),
        "You have taken over a shift.\n\n" + times(slot, own),
        "Your shifts",
        "specialist/shifts");
  }

  /** The first ones; all of them stand in the product. */
  Said uncovered(List<TimeSlot> slots, ZoneId own) {
    var shown = slots.stream().limit(GAPS_SHOWN).map(slot -> times(slot, own)).toList();
    int more = slots.size() - shown.size();
    return said(
        "Nobody is on call from " + at(slots.getFirst().start(), own),
        (slots.size() == 1
                ? "A shift that was covered is not any more.\n\n"
                : "%d shifts that were covered are not any more.\n\n".formatted(slots.size()))
            + String.join("\n", shown)
            + (more == 0 ? "" : "\nand %d more".formatted(more)),
        "Find somebody",
        "scheduler/rotas");
  }

  Said nobodyTook(String urgency) {
    return said(
        "A %s consult has no specialist: telephone".formatted(urgency),
        "Nobody took a %s consult in time. Please see to it by telephone.".formatted(urgency),
        "Open the queue",
        "scheduler");
  }

  Said howIsThePatient(String reference, int number, String path) {
    return said(
        (number == 1 ? "How is the patient? Consult " : "Still waiting for news: consult ")
            + reference,
        """
        A specialist advised you on consult %s and would like to know how the patient is. It takes
        a minute and needs no sign-in. The link is good for one answer.\
        """
            .formatted(reference),
        "Answer",
        path);
  }

  Said news() {
    return said(
        "News of a patient you advised on",
        "The clinic has told how a patient fares on whom you have advised.",
        "Read it",
        "specialist");
  }

  Said newsThatNeedYou() {
    return said(
        "A patient you advised on needs you again",
        """
        The clinic has told how a patient fares on whom you have advised. The consult is open
        again and waits for you.\
        """,
        "Open it",
        "specialist");
  }

  Said noNews() {
    return said(
        "No news of a patient you advised on",
        """
        The clinic was asked three times how a patient fares on whom you have advised, and did
        not answer. The consult is closed; when news come you will be told.\
        """,
        "See the consult",
        "specialist");
  }

  /** A page of the product as people open it. */
  String address(String path) {
    return page.toString().replaceAll("/+$", "") + "/" + path;
  }

  private Said said(String subject, String body, String act, String path) {
    var text =
        """
        %s

        %s: %s

        For the patient's sake this mail does not say more. Answers to it are not read. What is
        sent to you, and where, you set in Consilium under your name.
        """
            .formatted(body.strip(), act, address(path));
    return new Said(subject, text);
  }

  private static String both(TimeSlot slot, Clocks clocks) {
    var own = "Your time: " + times(slot, clocks.own());
    return clocks.own().equals(clocks.others())
        ? own
        : own + "\n" + clocks.other() + ": " + times(slot, clocks.others());
  }

  private static String times(TimeSlot slot, ZoneId zone) {
    return "%s to %s"
        .formatted(
            MOMENT.format(slot.start().atZone(zone)),
            slot.start().atZone(zone).toLocalDate().equals(slot.end().atZone(zone).toLocalDate())
                ? slot.end().atZone(zone).toLocalTime() + " (" + zone + ")"
                : at(slot.end(), zone));
  }

  private static String at(Instant moment, ZoneId zone) {
    return MOMENT.format(moment.atZone(zone)) + " (" + zone + ")";
  }

  /** In the largest unit that says enough. */
  private static String left(Duration time) {
    long minutes = Math.max(1, time.toMinutes());
    if (minutes < 120) {
      return count(minutes, "minute");
    }
    return time.toHours() < 48 ? count(time.toHours(), "hour") : count(time.toDays(), "day");
  }

  private static String count(long number, String unit) {
    return number == 1 ? "1 " + unit : number + " " + unit + "s";
  }
}
