import type { JSX } from "preact";
import { currentLanguage } from "../i18n/messages";
import { Button, Checkbox, Choice, Dialog, Select } from "../ui";
import type { Person } from "./attendance";
import type { LinkState } from "./callLink";
import { standing } from "./dataUse";
import { rungText, whyText } from "./linkView";
import type { LinkWish } from "./linkWish";
import { t } from "./linkWords";
import type { RungName } from "./rungs";
import { amountText, levelName } from "./view";

/** What may be done about the link. */
export interface LinkActs {
  readonly setWish: (wish: LinkWish) => void;
  readonly allowMoreData: () => void;
}

const MEGABYTES = [5, 10, 25, 50, 100, 250];
const NO_LIMIT = "none";
const MOST = [
  ["clear", "mostClear"],
  ["small", "mostSmall"],
  ["stills", "mostStills"],
  ["lean", "mostLean"],
  ["text", "mostText"],
] as const satisfies readonly (readonly [RungName, string])[];

/** How one's own link does, what it costs, and what the person allows it. */
export function LinkDialog(props: {
  line: LinkState;
  people: readonly Person[];
  acts: LinkActs;
  onClose: () => void;
}): JSX.Element {
  const { line, people, acts } = props;
  const { wish, quality } = line;
  return (
    <Dialog
      title={t("open")}
      onClose={props.onClose}
      actions={
        <Button kind="primary" onPress={props.onClose}>
          {t("close")}
        </Button>
      }
    >
      <div class="stack">
        <div data-rung-now={line.rung}>
          <p>
            <strong>{t("nowSent", { what: rungText(line.rung) })}</strong>{" "}
            {whyText(line) ?? t("nowStart")}
          </p>
          {quality && (
            <p class="muted small">
              {t("roundTrip", {
                milliseconds: quality.roundTripMs,
                percent: percentText(quality.lossPercent),
              })}
            </p>
          )}
        </div>
        {people.length > 0 && (
          <div>
            <h3>{t("others")}</h3>
            <ul>
              {people.map((person) => (
                <li key={person.seat}>
                  <bdi>{linkOf(person)}</bdi>
                </li>
              ))}
            </ul>
          </div>
        )}
        <Choice<RungName>
          label={t("most")}
          hint={t("mostHint")}
          layout="list"
          value={wish.highest}
          onChange={(highest) => acts.setWish({ ...wish, highest })}
          options={MOST.map(([value, key]) => ({ value, label: t(key) }))}
        />
        <Checkbox
          label={t("noVideo")}
          hint={t("noVideoHint")}
          value={!wish.receiveVideo}
          onChange={(none) => acts.setWish({ ...wish, receiveVideo: !none })}
        />
        <div>
          <h3>{t("data")}</h3>
          <p>
            {t("used", {
              amount: amountText(line.data.bytes),
              perHour: amountText(line.data.bytesPerHour),
            })}
          </p>
        </div>
        <Select
          label={t("limit")}
          hint={t("limitHint")}
          value={wish.megabytes === undefined ? NO_LIMIT : String(wish.megabytes)}
          onChange={(chosen) =>
            acts.setWish({ ...wish, megabytes: chosen === NO_LIMIT ? undefined : Number(chosen) })
          }
          options={[
            { value: NO_LIMIT, label: t("noLimit") },
            ...MEGABYTES.map((megabytes) => ({
              value: String(megabytes),
              label: amountText(megabytes * 1_000_000),
            })),
          ]}
        />
      </div>
    </Dialog>
  );
}

function linkOf({ name, link, rung }: Person): string {
  const level = levelName(link);
  return rung === undefined
    ? t("othersLink", { name, level })
    : t("othersSend", { name, level, what: rungText(rung) });
}

function percentText(percent: number): string {
  return new Intl.NumberFormat(currentLanguage(), {
    style: "percent",
    maximumFractionDigits: 1,
  }).format(percent / 100);
}

/** Asks before the data that were allowed are used up; nothing while there is room. */
export function DataQuestion(props: { line: LinkState; acts: LinkActs }): JSX.Element | null {
  const { line, acts } = props;
  const { data, wish } = line;
  const stands = standing(data);
  if (stands === "free" || wish.megabytes === undefined) return null;
  const saves = wish.highest === "lean" || wish.highest === "text";
  // Who saves already has answered.
  if (stands === "ask" && saves) return null;
  const allowed = amountText(data.allowedBytes ?? 0);
  return (
    <section class="call-hear" role="alert" data-data-question={stands}>
      <p>
        {stands === "over"
          ? t("overTitle", { allowed })
          : t("askTitle", { used: amountText(data.bytes), allowed })}
      </p>
      {!saves && stands === "ask" && (
        <Button small onPress={() => acts.setWish({ ...wish, highest: "lean" })}>
          {t("save")}
        </Button>
      )}
      <Button small kind="primary" onPress={acts.allowMoreData}>
        {t("more", { amount: amountText(wish.megabytes * 1_000_000) })}
      </Button>
    </section>
  );
}
