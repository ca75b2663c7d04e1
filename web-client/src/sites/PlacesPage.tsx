import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, basedOn, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import { useResource } from "../resource";
import {
  Badge,
  Button,
  Card,
  Checkbox,
  Choice,
  Dialog,
  Disclosure,
  EmptyState,
  FormFrame,
  Grid,
  Load,
  Notice,
  Page,
  Stack,
  TextInput,
  toast,
} from "../ui";
import { ofKind, type Place } from "./places";
import { t } from "./words";
import "./sites.css";

/** Rooms and devices of the organisation's sites: added, renamed, taken out of use. */
export function PlacesPage(): JSX.Element {
  const sites = useResource(() => ok(api.GET("/sites")), []);
  return (
    <Page title={t("title")} lead={t("lead")} width="wide">
      <Load from={sites} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="screen" title={t("none")}>
              {t("noneLead")}
            </EmptyState>
          ) : (
            <Grid>
              {items.map((site) => (
                <SitePlaces key={site.id} site={site} />
              ))}
            </Grid>
          )
        }
      </Load>
    </Page>
  );
}

function SitePlaces({ site }: { site: Schema<"SiteRef"> }): JSX.Element {
  const [changing, setChanging] = useState<Place>();
  const places = useResource(
    () => ok(api.GET("/sites/{siteId}/resources", { params: { path: { siteId: site.id } } })),
    [site.id],
  );
  return (
    <Card title={<bdi>{site.name}</bdi>}>
      <Stack>
        <Load from={places} rows={3}>
          {({ items }) => (
            <>
              <Places label={t("rooms")} places={ofKind(items, "room")} onChange={setChanging} />
              <Places
                label={t("devices")}
                places={ofKind(items, "device")}
                onChange={setChanging}
              />
            </>
          )}
        </Load>
        <Disclosure summary={t("add")}>
          <AddPlace siteId={site.id} onAdded={places.reload} />
        </Disclosure>
      </Stack>
      {changing && (
        <ChangeDialog
          place={changing}
          onClose={() => setChanging(undefined)}
          onStale={places.reload}
          onSaved={() => {
            setChanging(undefined);
            places.reload();
          }}
        />
      )}
    </Card>
  );
}

function Places(props: {
  label: string;
  places: readonly Place[];
  onChange: (place: Place) => void;
}): JSX.Element {
  return (
    <section class="stack stack-small">
      <h3>{props.label}</h3>
      {props.places.length === 0 ? (
        <p class="muted">{t("nothing")}</p>
      ) : (
        <ul class="places">
          {props.places.map((place) => (
            <li key={place.id}>
              <span>
                <bdi>{place.name}</bdi> {place.retired && <Badge>{t("closed")}</Badge>}
                {place.hours && <span class="muted small">{t("ownHours")}</span>}
              </span>
              <Button
                small
                label={t("renameLabel", { name: place.name })}
                onPress={() => props.onChange(place)}
              >
                {t("rename")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function AddPlace(props: { siteId: string; onAdded: () => void }): JSX.Element {
  const form = useForm({
    initial: { kind: "room" as Place["kind"], name: "" },
    validate: named,
    send: ({ kind, name }, key) =>
      ok(
        api.POST("/sites/{siteId}/resources", {
          params: { path: { siteId: props.siteId } },
          body: { kind, name: name.trim() },
          headers: once(key),
        }),
      ),
    onSent: ({ name }) => {
      toast(t("added", { name }));
      form.discard();
      props.onAdded();
    },
  });
  return (
    <FormFrame form={form} submit={t("addShort")}>
      <Choice
        label={t("kind")}
        options={[
          { value: "room", label: t("room") },
          { value: "device", label: t("device") },
        ]}
        {...form.field("/kind")}
      />
      <TextInput label={t("name")} hint={t("nameHint")} maxLength={100} {...form.field("/name")} />
    </FormFrame>
  );
}

function ChangeDialog(props: {
  place: Place;
  onClose: () => void;
  onStale: () => void;
  onSaved: () => void;
}): JSX.Element {
  const { place } = props;
  const form = useForm({
    initial: { name: place.name, open: !place.retired },
    validate: named,
    send: ({ name, open }, key) =>
      ok(
        api.PUT("/site-resources/{resourceId}", {
          params: { path: { resourceId: place.id } },
          body: { name: name.trim(), retired: !open, ...(place.hours && { hours: place.hours }) },
          headers: { ...once(key), ...basedOn(place.version) },
        }),
      ).catch((error: unknown) => {
        props.onStale();
        throw error;
      }),
    onSent: () => {
      toast(t("saved"));
      props.onSaved();
    },
  });
  const stale = form.state.status.kind === "failed" && form.state.status.problem.status === 412;
  return (
    <Dialog title={t("changeTitle", { name: place.name })} onClose={props.onClose}>
      {stale && <Notice tone="warning">{t("conflict")}</Notice>}
      <FormFrame
        form={form}
        submit={t("save")}
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <TextInput label={t("name")} maxLength={100} {...form.field("/name")} />
        <Checkbox label={t("open")} hint={t("openHint")} {...form.field("/open")} />
      </FormFrame>
    </Dialog>
  );
}

function named({ name }: { name: string }): { pointer: string; detail: string }[] {
  return name.trim() ? [] : [{ pointer: "/name", detail: t("askName") }];
}
