import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { consultRow } from "../consult";
import { RingPeople } from "../presence/RingPeople";
import { useResource } from "../resource";
import {
  Actions,
  Button,
  Dialog,
  EmptyState,
  LinkButton,
  List,
  Load,
  Notice,
  ProblemNotice,
  Stack,
} from "../ui";
import { t } from "./words";

type Volunteer = Schema<"Volunteer">;
type Summary = Schema<"ConsultSummary">;

/** Calls somebody who is on duty: about which patient, then it rings. */
export default function CallDialog(props: { who: Volunteer; onClose: () => void }): JSX.Element {
  const { who } = props;
  const [about, setAbout] = useState<Summary>();
  const consults = useResource(
    () => ok(api.GET("/consults", { params: { query: { view: "open" } } })),
    [],
    { live: "consult" },
  );
  return (
    <Dialog title={t("callTitle", { name: who.name })} onClose={props.onClose}>
      {about ? (
        <About who={who} consult={about} onOther={() => setAbout(undefined)} />
      ) : (
        <Load from={consults}>
          {({ items }) => (
            <Stack>
              {items.length === 0 ? (
                <EmptyState icon="call" title={t("callAboutWhom")}>
                  {t("callNobody")}
                </EmptyState>
              ) : (
                <>
                  <h3>{t("callAboutWhom")}</h3>
                  <List
                    label={t("callAboutWhom")}
                    rows={likeliest(items, who.id).map((one) => {
                      const { href: _, ...row } = consultRow(one, {
                        href: "",
                        detail: one.specialist
                          ? t("callWith", { name: one.specialist.name })
                          : t("callWithNobody"),
                      });
                      return {
                        ...row,
                        aside: (
                          <Button small label={one.question} onPress={() => setAbout(one)}>
                            {t("choosePatient")}
                          </Button>
                        ),
                      };
                    })}
                  />
                </>
              )}
              <Actions>
                <LinkButton icon="plus" href={newConsult(who)}>
                  {t("callNewPatient")}
                </LinkButton>
              </Actions>
            </Stack>
          )}
        </Load>
      )}
    </Dialog>
  );
}

function About(props: { who: Volunteer; consult: Summary; onOther: () => void }): JSX.Element {
  const { who, consult } = props;
  return (
    <Stack>
      <p class="prose" dir="auto">
        {consult.question}
      </p>
      <RingPeople
        consultId={consult.id}
        only={who.id}
        otherwise={<NotAsked who={who} consult={consult} />}
      />
      <p class="muted small">{t("callJoinLead")}</p>
      <Actions>
        <Button onPress={props.onOther}>{t("callOther")}</Button>
        <LinkButton icon="video" href={`/call/${consult.id}`}>
          {t("callJoin")}
        </LinkButton>
      </Actions>
    </Stack>
  );
}

/** Why it cannot ring yet, and what leads to it. */
function NotAsked({ who, consult }: { who: Volunteer; consult: Summary }): JSX.Element {
  const { name } = who;
  const [asked, setAsked] = useState(false);
  const ask = useAct(
    (key: string) =>
      ok(
        api.POST("/consults/{consultId}/on-call-request", {
          params: { path: { consultId: consult.id } },
          body: { specialistId: who.id },
          headers: once(key),
        }),
      ),
    () => setAsked(true),
  );
  const open = (
    <LinkButton small href={`/clinic/consults/${consult.id}?tab=messages`}>
      {t("callOpenConsult")}
    </LinkButton>
  );
  switch (wayTo(who, consult)) {
    case "taken":
      return <Notice action={open}>{t("callTaken", { name })}</Notice>;
    case "coordinator":
      return <Notice action={open}>{t("callCoordinator", { name })}</Notice>;
    case "ask":
      return (
        <Stack>
          <Notice tone="warning">{t("callEmergency", { name })}</Notice>
          <div role="status">{asked && <p>{t("callAsked", { name })}</p>}</div>
          {ask.problem && <ProblemNotice problem={ask.problem} />}
          {!asked && (
            <Button kind="primary" icon="call" wide busy={ask.busy} onPress={() => ask.run()}>
              {t("callAskNow")}
            </Button>
          )}
        </Stack>
      );
  }
}

/** How somebody who is not part of a consult can become it. */
export function wayTo(
  who: Pick<Volunteer, "kind" | "onCallNow">,
  consult: Pick<Summary, "specialist" | "urgencyNow">,
): "taken" | "ask" | "coordinator" {
  if (consult.specialist) return "taken";
  return who.kind === "specialist" && who.onCallNow && consult.urgencyNow === "red"
    ? "ask"
    : "coordinator";
}

const GRAVEST: readonly Schema<"Urgency">[] = ["red", "orange", "yellow", "green", "blue"];

/** Those that this person has taken first, then the gravest. */
export function likeliest(consults: readonly Summary[], person: string): Summary[] {
  const rank = ({ specialist, urgencyNow }: Summary) =>
    (specialist?.id === person ? 0 : 10) + GRAVEST.indexOf(urgencyNow);
  return [...consults].sort((a, b) => rank(a) - rank(b));
}

function newConsult({ specialties: [first] }: Volunteer): string {
  return first ? `/clinic/new?specialty=${first.code}` : "/clinic/new";
}
