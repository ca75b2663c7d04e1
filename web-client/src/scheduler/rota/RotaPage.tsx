import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { useCatalogue, valueOf } from "../../consult";
import { useResource } from "../../resource";
import { setQuery, useAddress } from "../../router";
import { Button, EmptyState, Load, Notice, Page, Stack } from "../../ui";
import { Plan } from "./Plan";
import { RotaDialog } from "./RotaDialog";
import { t } from "./words";

type Rota = Schema<"Rota">;

/** A field and language that somebody comes here for, from the coverage. */
interface Wanted {
  readonly specialty: string;
  readonly language: string;
}

/** Rotas of the organisation, one of them open; and the editor. */
export function RotaPage(): JSX.Element {
  const rotas = useResource(() => ok(api.GET("/rotas")), [], { live: "roster" });
  const { query } = useAddress();
  const [editing, setEditing] = useState<Rota | "new">();
  const pair = pairOf(query);
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      width="wide"
      actions={
        <Button kind="primary" icon="plus" onPress={() => setEditing("new")}>
          {t("add")}
        </Button>
      }
    >
      <Load from={rotas} rows={6}>
        {({ items }) => {
          const ofPair = items.find((rota) => pair && isFor(rota, pair));
          const chosen = items.find(({ id }) => id === query.get("rota")) ?? ofPair ?? items[0];
          return (
            <Stack>
              {pair && !ofPair && <NoRota pair={pair} onAdd={() => setEditing("new")} />}
              {chosen ? (
                <Plan
                  key={chosen.id}
                  rotas={items}
                  rota={chosen}
                  wanted={pair && isFor(chosen, pair) ? timeOf(query) : undefined}
                  onEdit={() => setEditing(chosen)}
                />
              ) : (
                <EmptyState icon="calendar" title={t("empty")}>
                  {t("emptyLead")}
                </EmptyState>
              )}
            </Stack>
          );
        }}
      </Load>
      {editing && (
        <RotaDialog
          rota={editing === "new" ? undefined : editing}
          wanted={pair}
          onClose={() => setEditing(undefined)}
          onSaved={(rota) => {
            setEditing(undefined);
            rotas.reload();
            setQuery({ rota: rota.id });
          }}
        />
      )}
    </Page>
  );
}

function NoRota({ pair, onAdd }: { pair: Wanted; onAdd: () => void }): JSX.Element {
  const catalogue = valueOf(useCatalogue());
  const labelOf = (list: readonly { code: string; label: string }[] | undefined, code: string) =>
    list?.find((one) => one.code === code)?.label ?? code;
  return (
    <Notice
      tone="warning"
      title={t("noRota", {
        specialty: labelOf(catalogue?.specialties, pair.specialty),
        language: labelOf(catalogue?.languages, pair.language),
      })}
      action={
        <Button small onPress={onAdd}>
          {t("add")}
        </Button>
      }
    />
  );
}

function isFor(rota: Rota, { specialty, language }: Wanted): boolean {
  return rota.specialty === specialty && rota.language === language;
}

function pairOf(query: URLSearchParams): Wanted | undefined {
  const specialty = query.get("specialty");
  const language = query.get("language");
  return specialty && language ? { specialty, language } : undefined;
}

function timeOf(query: URLSearchParams): { start: string; end: string } | undefined {
  const start = query.get("start") ?? "";
  const end = query.get("end") ?? "";
  return Date.parse(start) < Date.parse(end) ? { start, end } : undefined;
}
