import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { api, newKey, ok, once } from "../api/client";
import { useConsultOnce, useMe, valueOf } from "../consult";
import { InviteDialog } from "../consult/InviteDialog";
import { takeWay } from "../presence/ways";
import { Button, EmptyState, Icon, LinkButton } from "../ui";
import { CallRoom, type Over } from "./CallRoom";
import { CasePanel } from "./CasePanel";
import { consultHref } from "./consultHref";
import { amountText, clock } from "./view";
import { t } from "./words";

/** `/call/:consultId`: the live consult of people with an account. */
export default function CallPage({ consultId }: { consultId: string }): JSX.Element {
  const me = useMe();
  const { role } = me.membership;
  const back = consultHref(role, consultId);
  const consult = valueOf(useConsultOnce(consultId));
  const [inviting, setInviting] = useState(false);
  const seesCase = role !== "interpreter" && role !== "observer";
  const mayInvite = role === "clinician" || role === "specialist" || role === "scheduler";
  const question = consult?.summary.question;
  return (
    <>
      <CallRoom
        place={consultId}
        ticket={async () =>
          // Who has answered a ring brings the ticket along: one round trip less.
          takeWay(consultId) ??
          (await ok(
            api.POST("/consults/{consultId}/call/tickets", {
              params: { path: { consultId } },
              headers: once(newKey()),
            }),
          ))
        }
        intro={<Intro question={question} back={back} />}
        head={
          <a class="call-back" href={back} target="_blank" rel="noopener" title={t("opensBeside")}>
            <Icon name="note" />
            <span>{question ?? t("openConsult")}</span>
          </a>
        }
        case={
          seesCase ? (
            <CasePanel consultId={consultId} href={back} site={consult?.summary.site} />
          ) : undefined
        }
        invite={
          mayInvite && (
            <Button icon="person" onPress={() => setInviting(true)}>
              {t("invite")}
            </Button>
          )
        }
        chatLead={t("chatLead")}
        instead={
          <p>
            {t("goOn")}{" "}
            <a href={back} target="_blank" rel="noopener">
              {t("toThread")}
            </a>
          </p>
        }
        over={(over) => <CallOver over={over} back={back} />}
      />
      {inviting && (
        <InviteDialog
          consultId={consultId}
          onInvited={() => {}}
          onClose={() => setInviting(false)}
        />
      )}
    </>
  );
}

function Intro(props: { question: string | undefined; back: string }): JSX.Element {
  return (
    <div>
      <a class="page-back" href={props.back}>
        <Icon name="back" />
        {t("backToConsult")}
      </a>
      <h1>{t("checkTitle")}</h1>
      {props.question && (
        <p class="page-lead">
          <bdi>{props.question}</bdi>
        </p>
      )}
    </div>
  );
}

/** Why there is no call now, and what to do. */
function CallOver({ over, back }: { over: Over; back: string }): JSX.Element {
  const { title, lead, again } = overWords(over);
  return (
    <EmptyState
      icon="call"
      title={title}
      action={
        <div class="row call-again">
          {again && (
            <Button icon="video" onPress={over.again}>
              {again}
            </Button>
          )}
          <LinkButton kind="primary" href={back}>
            {t("backToConsult")}
          </LinkButton>
        </div>
      }
    >
      <p>{lead}</p>
      <Lasted over={over} />
    </EmptyState>
  );
}

export function Lasted({ over }: { over: Over }): ComponentChildren {
  if (over.lastedMilliseconds === undefined) return null;
  const time = clock(over.lastedMilliseconds);
  return <p class="small">{t("lasted", { time, amount: amountText(over.bytes) })}</p>;
}

/** What is said of each ending, and the words of the way back where there is one. */
export function overWords(over: Pick<Over, "why" | "problem">): {
  title: string;
  lead: string;
  again: string | undefined;
} {
  switch (over.why) {
    case "left":
      return { title: t("leftTitle"), lead: t("leftLead"), again: t("rejoin") };
    case "ended":
      return { title: t("endedTitle"), lead: t("endedLead"), again: undefined };
    case "removed":
      return { title: t("removedTitle"), lead: t("removedLead"), again: undefined };
    case "refused":
      return { title: t("refusedTitle"), lead: t("refusedLead"), again: t("joinAgain") };
    case "full":
      return { title: t("fullTitle"), lead: t("fullLead"), again: t("joinAgain") };
    case "replaced":
      return { title: t("replacedTitle"), lead: t("replacedLead"), again: t("joinAgain") };
    case "broken":
      return { title: t("brokenTitle"), lead: t("brokenLead"), again: t("joinAgain") };
    case "denied": {
      const lead = over.problem?.sentence ?? t("brokenLead");
      return { title: t("deniedTitle"), lead, again: t("joinAgain") };
    }
  }
}
