import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Dialog, lazy, Row } from "../ui";
import type { Person } from "./attendance";
import { type CallRole, HOST_ROLES, type Participant, type Self } from "./protocol";
import { roleName } from "./view";
import { t as link } from "./linkWords";
import { t } from "./words";

/** Guests never need it. */
const RoleDialog = lazy(() => import("./RoleDialog"));

/** What a host may do about others. */
export interface HostActs {
  readonly admit: (seat: number) => void;
  readonly refuse: (seat: number) => void;
  readonly remove: (seat: number) => void;
  /** Asks their client to switch the microphone off; only they can switch it on again. */
  readonly askMute: (seat: number) => void;
  readonly setRole: (seat: number, role: CallRole) => void;
  /** Gives one's own place as a host to somebody, and looks on. */
  readonly handOver: (seat: number) => void;
}

/** Who waits to be let in: over the pictures, where a host cannot overlook it. */
export function Outside(props: {
  waiting: readonly Participant[];
  acts: HostActs;
}): JSX.Element | null {
  const [refusing, setRefusing] = useState<Participant>();
  /** Pressed already; on a slow link the person stands here for some seconds more. */
  const [admitted, setAdmitted] = useState<readonly number[]>([]);
  if (props.waiting.length === 0) return null;
  return (
    <section class="outside" aria-label={t("outside")}>
      <ul>
        {props.waiting.map((person) => (
          <li key={person.seat} data-waiting-seat={person.seat}>
            <p>
              <strong>
                <bdi>{t("asks", { name: person.name })}</bdi>
              </strong>{" "}
              <span class="muted">{roleName(person.role)}</span>
            </p>
            <Row>
              <Button
                small
                label={t("refuseOf", { name: person.name })}
                onPress={() => setRefusing(person)}
              >
                {t("refuse")}
              </Button>
              <Button
                small
                kind="primary"
                label={t("admitOf", { name: person.name })}
                busy={admitted.includes(person.seat)}
                onPress={() => {
                  setAdmitted((seats) => [...seats, person.seat]);
                  props.acts.admit(person.seat);
                }}
              >
                {t("admit")}
              </Button>
            </Row>
          </li>
        ))}
      </ul>
      {refusing && (
        <Sure
          title={t("refuseTitle", { name: refusing.name })}
          lead={t("refuseLead")}
          yes={t("refuse")}
          onYes={() => props.acts.refuse(refusing.seat)}
          onClose={() => setRefusing(undefined)}
        />
      )}
    </section>
  );
}

/** Everybody in the call with their roles; hosts may mute them, change what they are, or take them out. */
export function PeopleList(props: {
  self: Self;
  others: readonly Person[];
  acts: HostActs | undefined;
}): JSX.Element {
  const { self, others, acts } = props;
  const [removing, setRemoving] = useState<Person>();
  const [changing, setChanging] = useState<Person>();
  const [handing, setHanding] = useState<Person>();
  return (
    <>
      <p class="muted small">{t("inCall", { count: others.length + 1 })}</p>
      <ul class="call-people">
        <li>
          <p>
            <strong>
              <bdi>{self.name}</bdi>
            </strong>{" "}
            ({t("you")}) <span class="muted">{roleName(self.role)}</span>
          </p>
        </li>
        {others.map((person) => (
          <li key={person.seat}>
            <p>
              <strong>
                <bdi>{person.name}</bdi>
              </strong>{" "}
              <span class="muted">{roleName(person.role)}</span>
            </p>
            {person.words && (
              <p class="call-words">
                <span class="muted small">{link("wordsWith", { name: person.name })}</span>{" "}
                <strong translate={false} dir="ltr">
                  {person.words}
                </strong>
              </p>
            )}
            {acts && (
              <Row>
                {person.media.audio && (
                  <Button
                    small
                    kind="quiet"
                    label={t("askMuteOf", { name: person.name })}
                    onPress={() => acts.askMute(person.seat)}
                  >
                    {t("askMute")}
                  </Button>
                )}
                {rolesOf(person).length > 1 && (
                  <Button
                    small
                    kind="quiet"
                    label={t("changeRoleOf", { name: person.name })}
                    onPress={() => setChanging(person)}
                  >
                    {t("changeRole")}
                  </Button>
                )}
                {rolesOf(person).some((role) => HOST_ROLES.includes(role)) && (
                  <Button
                    small
                    kind="quiet"
                    label={t("handOverTo", { name: person.name })}
                    onPress={() => setHanding(person)}
                  >
                    {t("handOver")}
                  </Button>
                )}
                <Button
                  small
                  kind="quiet"
                  label={t("removeOf", { name: person.name })}
                  onPress={() => setRemoving(person)}
                >
                  {t("remove")}
                </Button>
              </Row>
            )}
          </li>
        ))}
      </ul>
      {others.some(({ words }) => words) && (
        <div class="call-compare">
          <h3>{link("compare")}</h3>
          <p class="muted small">{link("compareLead")}</p>
        </div>
      )}
      {removing && acts && (
        <Sure
          title={t("removeTitle", { name: removing.name })}
          lead={t("removeLead")}
          yes={t("remove")}
          onYes={() => acts.remove(removing.seat)}
          onClose={() => setRemoving(undefined)}
        />
      )}
      {changing && acts && (
        <RoleDialog
          person={changing}
          onChoose={(role) => acts.setRole(changing.seat, role)}
          onClose={() => setChanging(undefined)}
        />
      )}
      {handing && acts && (
        <Sure
          title={t("handOverTitle", { name: handing.name })}
          lead={t("handOverLead", { name: handing.name })}
          yes={t("handOver")}
          onYes={() => acts.handOver(handing.seat)}
          onClose={() => setHanding(undefined)}
        />
      )}
    </>
  );
}

export function rolesOf(person: Person): readonly CallRole[] {
  return person.roles ?? [person.role];
}

/** Asks back before something that others feel at once. */
export function Sure(props: {
  title: string;
  lead: string;
  yes: string;
  no?: string;
  onYes: () => void;
  onClose: () => void;
}): JSX.Element {
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{props.no ?? t("cancel")}</Button>
          <Button
            kind="danger"
            onPress={() => {
              props.onYes();
              props.onClose();
            }}
          >
            {props.yes}
          </Button>
        </>
      }
    >
      <p>{props.lead}</p>
    </Dialog>
  );
}
