import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { notePins, peopleWithPin } from "../offline/accounts";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Notice } from "../ui/notice";
import PinForm from "./PinForm";
import { t } from "./words";
import "./turns.css";

interface Person {
  readonly account: string;
  readonly name: string;
  readonly over: boolean;
}

/** Who takes turns on this device, by name and nothing else; each opens their own by PIN. */
export default function AtDoor(props: { onPassword: () => void }): JSX.Element | null {
  const [people, setPeople] = useState<readonly Person[]>();
  const [chosen, setChosen] = useState<Person>();
  const [over, setOver] = useState(false);

  useEffect(() => {
    void peopleWithPin().then((found) => {
      // None is left: the door is an ordinary one again.
      if (found.length === 0) void notePins().then(props.onPassword);
      setPeople(
        found.map(({ account, name, pin }) => ({ account, name, over: pin?.over === true })),
      );
    });
  }, [over]);

  const choose = (person: Person): void => {
    setOver(person.over);
    setChosen(person);
  };

  if (!people) return null;
  if (!chosen) {
    return (
      <>
        <h1>{t("who")}</h1>
        <p class="muted">{t("whoLead")}</p>
        <ul class="list turns">
          {people.map((person) => (
            <li key={person.account}>
              <button type="button" class="list-row" onClick={() => choose(person)}>
                <Icon name="person" />
                <bdi class="list-title">{person.name}</bdi>
              </button>
            </li>
          ))}
        </ul>
        <Button wide onPress={props.onPassword}>
          {t("password")}
        </Button>
      </>
    );
  }
  return (
    <>
      <h1>
        <bdi>{chosen.name}</bdi>
      </h1>
      {over ? (
        <Notice tone="warning" form>
          {t("over")}
        </Notice>
      ) : (
        <PinForm account={chosen.account} onOver={() => setOver(true)} />
      )}
      <div class="actions">
        <Button onPress={() => setChosen(undefined)}>{t("others")}</Button>
        <Button kind={over ? "primary" : "plain"} onPress={props.onPassword}>
          {t("password")}
        </Button>
      </div>
    </>
  );
}
