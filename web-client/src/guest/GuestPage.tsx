import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { api, ok } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import { CallRoom } from "../call/CallRoom";
import { LanguageChoice } from "../app/LanguageChoice";
import { chooseLanguage, speakTo } from "../i18n/choice";
import { navigate, useAddress } from "../router";
import { dayAndTime } from "../time";
import { Button, EmptyState, Loading, Logo } from "../ui";
import {
  doorWords,
  endWords,
  entryFor,
  forgetEntry,
  forgetVisit,
  type Guest,
  keepVisit,
  keptVisit,
} from "./visit";
import { t } from "./words";

type Door =
  | { readonly kind: "no-link" }
  | { readonly kind: "opening" }
  | { readonly kind: "open"; readonly guest: Guest }
  | { readonly kind: "closed"; readonly problem: Problem };

/**
 * Opened by a link, without an account: `/guest#token`. The token stands in the fragment, so that it
 * reaches no server's log; it is exchanged for a cookie and taken out of the address bar.
 */
export default function GuestPage(): JSX.Element {
  const { door, retry } = useDoor();
  useEffect(() => {
    document.title = `${t("title")} · Consilium`;
  }, []);
  switch (door.kind) {
    case "no-link":
      return (
        <Alone state="no-link">
          <EmptyState page icon="person" title={t("noLink")}>
            {t("noLinkLead")}
          </EmptyState>
        </Alone>
      );
    case "opening":
      return (
        <Alone state="opening">
          <p>{t("opening")}</p>
          <Loading rows={2} />
        </Alone>
      );
    case "closed": {
      const { title, lead, again } = doorWords(door.problem);
      return (
        <Alone state={door.problem.code}>
          <Said title={title} lead={lead} again={again} onAgain={retry} />
        </Alone>
      );
    }
    case "open":
      return <Visit key={door.guest.id} guest={door.guest} />;
  }
}

function Alone(props: { state: string; children: JSX.Element | JSX.Element[] }): JSX.Element {
  return (
    <main class="alone" id="content" data-guest-state={props.state}>
      <Logo />
      {props.children}
      <LanguageChoice choose={chooseLanguage} />
    </main>
  );
}

function Said(props: {
  title: string;
  lead: string;
  again: string | undefined;
  onAgain: () => void;
}): JSX.Element {
  return (
    <EmptyState
      page
      icon="person"
      title={props.title}
      action={
        props.again !== undefined && (
          <Button kind="primary" onPress={props.onAgain}>
            {props.again}
          </Button>
        )
      }
    >
      {props.lead}
    </EmptyState>
  );
}

/** The same call as everybody's, with less: no case, no thread. */
function Visit({ guest }: { guest: Guest }): JSX.Element {
  return (
    <CallRoom
      place={guest.id}
      ticket={() => ok(api.POST("/guest-sessions/current/call/tickets"))}
      intro={<Welcome guest={guest} />}
      head={
        <span class="call-name">
          <bdi>{guest.organisation}</bdi>
        </span>
      }
      chatLead={t("chatLead")}
      instead={<p>{t("longLost")}</p>}
      over={({ why, problem, again }) => {
        const words = endWords(why, problem);
        return <Said title={words.title} lead={words.lead} again={words.again} onAgain={again} />;
      }}
    />
  );
}

function Welcome({ guest }: { guest: Guest }): JSX.Element {
  const { organisation } = guest;
  return (
    <div class="stack stack-small">
      <h1>
        <bdi>{t("hello", { name: guest.name })}</bdi>
      </h1>
      <p>
        {guest.role === "interpreter"
          ? t("invitesInterpreter", { organisation })
          : t("invites", { organisation })}
      </p>
      <p class="muted">
        {t("noAccount")} {t("notRecorded")} {t("goodUntil", { time: dayAndTime(guest.expiresAt) })}
      </p>
      <LanguageChoice choose={chooseLanguage} />
    </div>
  );
}

function useDoor(): { door: Door; retry: () => void } {
  const { fragment } = useAddress();
  const token = useRef("");
  const entry = useRef("");
  const [door, setDoor] = useState<Door>({ kind: "opening" });
  const open = (guest: Guest) => {
    void speakTo(guest.language).then(() => setDoor({ kind: "open", guest }));
  };
  const enter = () => {
    setDoor({ kind: "opening" });
    if (token.current === "") {
      // Loaded again: the cookie still says who it is, and the ticket tells whether it is good.
      const kept = keptVisit(Date.now());
      if (kept) open(kept);
      else setDoor({ kind: "no-link" });
      return;
    }
    entry.current ||= entryFor(token.current, Date.now());
    const body = { token: token.current, entry: entry.current };
    ok(api.POST("/guest-sessions", { body })).then(
      (guest) => {
        forgetEntry();
        keepVisit(guest);
        navigate("/guest", { replace: true });
        open(guest);
      },
      (error: unknown) => {
        const problem = asProblem(error);
        if (problem.kind === "answered" && problem.status < 500) forgetVisit();
        setDoor({ kind: "closed", problem });
      },
    );
  };
  const begun = useRef(false);
  useEffect(() => {
    // The token that leaves the address bar is no new link; another link in the same window is.
    if (begun.current && fragment === "") return;
    begun.current = true;
    token.current = fragment;
    entry.current = "";
    enter();
  }, [fragment]);
  return { door, retry: enter };
}
