import { describe, expect, it } from "vitest";
import { maySendPicture, PICTURES_MAX } from "./pictures";
import type { CallRole } from "./protocol";

interface Place {
  readonly seat: number;
  readonly role: CallRole;
  readonly wants: boolean;
  readonly media: { readonly video: boolean };
}

/** Everybody decides of themselves, one after the other, until nobody changes. */
function settle(places: readonly Place[]): readonly Place[] {
  let now = places;
  for (let round = 0; round < 20; round++) {
    for (const { seat } of places) {
      now = now.map((place) =>
        place.seat === seat
          ? {
              ...place,
              media: {
                video:
                  place.wants &&
                  maySendPicture(
                    place,
                    now.filter((other) => other.seat !== seat),
                  ),
              },
            }
          : place,
      );
    }
  }
  return now;
}

const place = (seat: number, role: CallRole, wants = true): Place => ({
  seat,
  role,
  wants,
  media: { video: wants },
});
const senders = (places: readonly Place[]): number[] =>
  settle(places)
    .filter(({ media }) => media.video)
    .map(({ seat }) => seat);

describe("the pictures of a call", () => {
  it("are at most four, those who were here first among the same roles", () => {
    const eight = [1, 2, 3, 4, 5, 6, 7, 8].map((seat) => place(seat, "specialist"));
    expect(senders(eight)).toEqual([1, 2, 3, 4]);
    expect(senders(eight)).toHaveLength(PICTURES_MAX);
  });

  it("begin with those who care for the patient, and end with those who look on", () => {
    expect(
      senders([
        place(1, "observer"),
        place(2, "observer"),
        place(3, "specialist"),
        place(4, "patient"),
        place(5, "interpreter"),
        place(6, "clinician"),
      ]),
    ).toEqual([3, 4, 5, 6]);
  });

  it("leave their place to the next when a camera is off", () => {
    const five = [1, 2, 3, 4, 5].map((seat) => place(seat, "specialist", seat !== 2));
    expect(senders(five)).toEqual([1, 3, 4, 5]);
  });
});
