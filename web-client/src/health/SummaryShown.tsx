import type { JSX } from "preact";
import { AllergyBadges } from "../consult/parts";
import type { Loaded } from "../resource";
import { Badge, Button, Card, Disclosure, Icon, LinkButton, Load, Row, When } from "../ui";
import {
  addTitle,
  detailOf,
  type HealthList,
  type Item,
  type Kind,
  KINDS,
  listOf,
  type Summary,
} from "./items";
import { t } from "./words";
import "./health.css";

/** What whoever may write does from the card. */
export interface Edit {
  readonly allergies: string;
  readonly onAdd: (kind: Kind) => void;
  readonly onOpen: (item: Item) => void;
  readonly none: (kind: Kind) => JSX.Element;
}

/** The four lists as one card; without `edit` it is only read. */
export function SummaryShown(props: { summary: Loaded<Summary>; edit?: Edit }): JSX.Element {
  const { edit } = props;
  return (
    <Card title={t("title")}>
      <Load from={props.summary} rows={4}>
        {(summary) => (
          <div class="health">
            <section class="health-part">
              <Head
                title={t("allergies")}
                action={
                  edit && (
                    <LinkButton small kind="quiet" href={edit.allergies}>
                      {t("correct")}
                      <span class="unseen"> ({t("allergies")})</span>
                    </LinkButton>
                  )
                }
              />
              <Row>
                <AllergyBadges allergies={summary.allergies} />
              </Row>
            </section>
            {KINDS.map((kind) => (
              <Part key={kind} kind={kind} list={listOf(summary, kind)} {...(edit && { edit })} />
            ))}
          </div>
        )}
      </Load>
    </Card>
  );
}

function Head(props: { title: string; action?: JSX.Element | undefined }): JSX.Element {
  return (
    <div class="health-head">
      <h3>{props.title}</h3>
      {props.action}
    </div>
  );
}

function Part(props: { kind: Kind; list: HealthList; edit?: Edit }): JSX.Element {
  const { kind, list, edit } = props;
  const now = list.items.filter(({ status }) => status === "active");
  const earlier = list.items.filter(({ status }) => status !== "active");
  const open = edit && { onOpen: edit.onOpen };
  return (
    <section class="health-part">
      <Head
        title={titleOf(kind)}
        action={
          edit && (
            <Button
              small
              kind="quiet"
              icon="plus"
              label={addTitle(kind)}
              onPress={() => edit.onAdd(kind)}
            >
              {t("add")}
            </Button>
          )
        }
      />
      <State list={list} now={now} {...open} />
      <Items items={now} {...open} />
      {edit && now.length === 0 && list.state !== "none-known" && <div>{edit.none(kind)}</div>}
      {earlier.length > 0 && (
        <Disclosure summary={t("earlier", { count: earlier.length })}>
          <Items items={earlier} {...open} />
        </Disclosure>
      )}
    </section>
  );
}

/** What there is to say when nothing is on the list now. */
function State(props: {
  list: HealthList;
  now: readonly Item[];
  onOpen?: (item: Item) => void;
}): JSX.Element | null {
  const { noneKnown, state } = props.list;
  if (props.now.length > 0) return null;
  if (!noneKnown) {
    return <p class="muted">{state === "listed" ? t("noneNow") : t("notSaid")}</p>;
  }
  const said = (
    <Row>
      <Badge tone="green">{t("noneKnown")}</Badge>
      <span class="muted small">
        <bdi>{t("saidBy", { name: noneKnown.assertedBy.name })}</bdi>{" "}
        <When at={noneKnown.assertedAt} />
      </span>
    </Row>
  );
  const { onOpen } = props;
  return onOpen ? (
    <button type="button" class="health-item" onClick={() => onOpen(noneKnown)}>
      {said}
      <Icon name="next" />
    </button>
  ) : (
    said
  );
}

function Items(props: {
  items: readonly Item[];
  onOpen?: (item: Item) => void;
}): JSX.Element | null {
  const { onOpen } = props;
  if (props.items.length === 0) return null;
  return (
    <ul class="health-items">
      {props.items.map((item) => (
        <li key={item.id}>
          {onOpen ? (
            <button type="button" class="health-item" onClick={() => onOpen(item)}>
              <Words item={item} />
              <Icon name="next" />
            </button>
          ) : (
            <div class="health-item">
              <Words item={item} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Words({ item }: { item: Item }): JSX.Element {
  const detail = detailOf(item);
  return (
    <span class="health-words">
      <span class="health-name" dir="auto">
        {item.text}
      </span>
      {detail && (
        <span class="muted small" dir="auto">
          {detail}
        </span>
      )}
      {(item.status === "ended" || item.verification === "unconfirmed") && (
        <Row>
          {item.status === "ended" && (
            <Badge>{item.kind === "medication" ? t("stopped") : t("over")}</Badge>
          )}
          {item.verification === "unconfirmed" && <Badge tone="yellow">{t("told")}</Badge>}
        </Row>
      )}
    </span>
  );
}

function titleOf(kind: Kind): string {
  switch (kind) {
    case "problem":
      return t("problems");
    case "medication":
      return t("medications");
    case "immunization":
      return t("immunizations");
  }
}
