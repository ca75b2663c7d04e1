import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { api, ok } from "../api/client";
import { keepEntry } from "../call/entry";
import { UrgencyBadge } from "../consult/parts";
import { useSpecialtyName } from "../consult/reference";
import { navigate } from "../router";
import type { Me } from "../session";
import { useStore } from "../store";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { toast } from "../ui/toast";
import { callConnects } from "../voiceFirst";
import { Presence } from "./presence";
import type { DeclineReason, PresenceMessage, Ring } from "./protocol";
import { isMissed, rings } from "./rings";
import { useRinging } from "./useRinging";
import { keepWay } from "./ways";
import { t } from "./words";
import "./presence.css";

/** What the person at the screen has answered and not yet heard of. */
interface Answering {
  readonly ring: string;
  readonly video: boolean;
}

/** Holds this page's presence socket, and lies over every page while it rings. */
export default function Ringing({ me }: { me: Me }): JSX.Element | null {
  const account = me.account.id;
  const [answering, setAnswering] = useState<Answering>();
  const latest = useRef(answering);
  latest.current = answering;
  const presence = useRef<Presence | undefined>(undefined);

  useEffect(() => {
    const hear = (word: PresenceMessage): void => {
      if (word.type === "ring-answered") {
        enter(word, latest.current?.video ?? false);
        setAnswering(undefined);
      } else if (word.type === "ring-ended" && word.ring.callee.id === account) {
        if (word.ring.id === latest.current?.ring && word.reason !== "answered") {
          setAnswering(undefined);
        }
        tellEnd(word.ring, word.reason === "answered-elsewhere");
      } else if (word.type === "error" && word.ring === latest.current?.ring) {
        setAnswering(undefined);
        toast(t("answerFailed", { reason: word.message }), "error");
      }
    };
    const socket = new Presence({
      account,
      rings,
      ticket: () => ok(api.POST("/presence/tickets")),
      onWord: hear,
      standsBack: callConnects,
    });
    presence.current = socket;
    socket.open();
    return () => socket.close();
  }, [account]);

  const { incoming } = useStore(rings);
  const [first] = incoming;
  if (!first) return null;
  return (
    <Incoming
      key={first.id}
      ring={first}
      more={incoming.length - 1}
      answering={answering?.ring === first.id}
      onAnswer={(video) => {
        setAnswering({ ring: first.id, video });
        presence.current?.answer(first.id);
      }}
      onDecline={(reason) => presence.current?.decline(first.id, reason)}
    />
  );
}

/** The answer was first: into the call with its ticket, or to the offer. */
function enter(word: Extract<PresenceMessage, { type: "ring-answered" }>, video: boolean): void {
  const { consultId } = word.ring;
  if (!word.call) {
    navigate("/specialist");
    return;
  }
  keepWay(consultId, word.call);
  // Whoever answers has decided to speak: no check of the devices stands between.
  keepEntry(consultId, { audio: true, video });
  navigate(`/call/${consultId}`);
}

function tellEnd(ring: Ring, elsewhere: boolean): void {
  const name = ring.caller?.name;
  if (elsewhere) toast(t("elsewhere"));
  else if (!isMissed(ring)) return;
  else if (name === undefined) toast(t("missedOffer"));
  else if (ring.state === "busy") toast(t("busyNotice", { name }));
  else if (ring.state === "cancelled") toast(t("gaveUp", { name }));
  else toast(t("missedOne", { name }));
}

function Incoming(props: {
  ring: Ring;
  more: number;
  answering: boolean;
  onAnswer: (video: boolean) => void;
  onDecline: (reason: DeclineReason) => void;
}): JSX.Element {
  const { ring, answering } = props;
  const specialty = useSpecialtyName();
  const [silent, setSilent] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const offer = ring.kind === "offer";
  const title = ring.caller ? t("rings", { name: ring.caller.name }) : t("ringsOffer");
  useRinging(title, silent || answering);
  useEffect(() => {
    // Above every dialog; focus stays where the person types.
    element.current?.showPopover?.();
  }, []);
  return (
    <div
      ref={element}
      class="ringing"
      popover="manual"
      role="alertdialog"
      aria-labelledby="ringing-title"
      aria-describedby="ringing-about"
      onKeyDown={(event) => {
        if (event.key === "Escape") setSilent(true);
      }}
    >
      <span class="ringing-sign" aria-hidden="true">
        <Icon name="call" />
      </span>
      <div class="ringing-words" aria-live="assertive">
        <strong id="ringing-title">
          <bdi>{title}</bdi>
        </strong>
        <span id="ringing-about" class="ringing-about">
          {ring.urgency && <UrgencyBadge urgency={ring.urgency} />}
          <span>
            {ring.specialty ? t("about", { specialty: specialty(ring.specialty) }) : t("aboutAny")}
          </span>
          {props.more > 0 && <span class="muted">{t("more", { count: props.more })}</span>}
        </span>
      </div>
      <div class="ringing-acts">
        {offer ? (
          <Button
            kind="primary"
            icon="inbox"
            busy={answering}
            onPress={() => props.onAnswer(false)}
          >
            {answering ? t("answering") : t("openOffer")}
          </Button>
        ) : (
          <>
            <Button
              kind="primary"
              icon="call"
              busy={answering}
              onPress={() => props.onAnswer(false)}
            >
              {answering ? t("answering") : t("answer")}
            </Button>
            <Button icon="video" disabled={answering} onPress={() => props.onAnswer(true)}>
              {t("answerPicture")}
            </Button>
          </>
        )}
        <Button disabled={answering} onPress={() => props.onDecline("not-now")}>
          {t("notNow")}
        </Button>
        <Button kind="quiet" disabled={answering} onPress={() => props.onDecline("busy")}>
          {t("busy")}
        </Button>
        {!silent && (
          <Button kind="quiet" onPress={() => setSilent(true)}>
            {t("silence")}
          </Button>
        )}
      </div>
    </div>
  );
}
