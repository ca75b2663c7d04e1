import type { JSX } from "preact";
import { useAct } from "../act";
import { api, basedOn, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import { useResource } from "../resource";
import {
  Actions,
  Button,
  Card,
  Disclosure,
  FieldRow,
  FormFrame,
  Load,
  Notice,
  Page,
  ProblemNotice,
  Stack,
  TextInput,
  toast,
  TwoPane,
  When,
} from "../ui";
import { Credentials, StatusBadge } from "./Credentials";
import { ApplyForm } from "./ApplyForm";
import { wishBody, wishErrors, wishesOf } from "./profile";
import { Languages, WishFields } from "./WishFields";
import { t } from "./words";

type Profile = Schema<"VolunteerProfile">;
interface Props {
  readonly profile: Profile;
  readonly onSaved: (profile: Profile) => void;
}

/** What the network knows of a volunteer, and how they want to be asked. */
export function ProfilePage(): JSX.Element {
  const profile = useResource(() => ok(api.GET("/volunteer-profile")), [], { live: "volunteer" });
  const { state } = profile;
  if (state.kind === "failed" && state.problem.status === 404) {
    return (
      <Page title={t("apply")} lead={t("applyLead")}>
        <ApplyForm onApplied={profile.replace} />
      </Page>
    );
  }
  return (
    <Page title={t("profile")} lead={t("profileLead")} width="wide">
      <Load from={profile} rows={6}>
        {(value) => (
          <TwoPane
            main={<Wishes key={value.version} profile={value} onSaved={profile.replace} />}
            side={
              <Stack>
                <Standing profile={value} onSaved={profile.replace} />
                <Licences profile={value} onSaved={profile.replace} />
              </Stack>
            }
          />
        )}
      </Load>
    </Page>
  );
}

function Standing({ profile, onSaved }: Props): JSX.Element {
  const back = useAct(
    (key) => ok(api.POST("/volunteer-profile/return", { headers: once(key) })),
    (saved) => {
      toast(t("welcomeBack"));
      onSaved(saved);
    },
  );
  return (
    <Card title={<span>{t("status")}</span>} actions={<StatusBadge status={profile.status} />}>
      {profile.statusReason && <p class="prose">{profile.statusReason}</p>}
      {profile.status === "applied" && <p>{t("appliedNext")}</p>}
      {profile.status === "suspended" && <p>{t("suspendedNext")}</p>}
      {profile.status === "ended" && (
        <Stack gap="small">
          <p>{t("endedNext")}</p>
          <Disclosure summary={t("applyAgain")}>
            <ApplyForm before={profile} onApplied={onSaved} />
          </Disclosure>
        </Stack>
      )}
      {profile.status === "paused" && (
        <Stack gap="small">
          <p>{t("pausedNow")}</p>
          {profile.backAt && (
            <p class="muted small">
              {t("backAt")}: <When at={profile.backAt} />
            </p>
          )}
          {back.problem && <ProblemNotice problem={back.problem} />}
          <Actions>
            <Button kind="primary" busy={back.busy} onPress={() => back.run()}>
              {t("return")}
            </Button>
          </Actions>
        </Stack>
      )}
      {profile.status === "active" && <PauseForm onSaved={onSaved} />}
    </Card>
  );
}

function PauseForm({ onSaved }: Pick<Props, "onSaved">): JSX.Element {
  const form = useForm({
    initial: { until: "", reason: "" },
    send: ({ until, reason }, key) =>
      ok(
        api.POST("/volunteer-profile/pause", {
          body: {
            ...(until ? { until } : {}),
            ...(reason.trim() ? { reason: reason.trim() } : {}),
          },
          headers: once(key),
        }),
      ),
    onSent: onSaved,
  });
  return (
    <FormFrame form={form} submit={t("pause")}>
      <p class="muted small">{t("pauseLead")}</p>
      <TextInput
        label={t("until")}
        type="date"
        optional
        hint={t("untilHint")}
        {...form.field("/until")}
      />
      <TextInput label={t("pauseReason")} optional maxLength={300} {...form.field("/reason")} />
    </FormFrame>
  );
}

function Licences({ profile, onSaved }: Props): JSX.Element {
  const form = useForm({
    initial: { country: "", number: "", validFrom: "", validUntil: "" },
    validate: ({ country, number }) => [
      ...(/^[a-z]{2}$/i.test(country.trim())
        ? []
        : [{ pointer: "/country", detail: t("askCountry") }]),
      ...(number.trim() ? [] : [{ pointer: "/number", detail: t("askNumber") }]),
    ],
    send: ({ country, number, validFrom, validUntil }, key) =>
      ok(
        api.POST("/volunteer-profile/credentials", {
          body: {
            country: country.trim().toUpperCase(),
            number: number.trim(),
            ...(validFrom ? { validFrom } : {}),
            ...(validUntil ? { validUntil } : {}),
          },
          headers: once(key),
        }),
      ),
    onSent: (saved) => {
      toast(t("sent"));
      form.discard();
      onSaved(saved);
    },
  });
  return (
    <Card title={t("credentials")}>
      <p class="muted small">{t("credentialsLead")}</p>
      <Credentials credentials={profile.credentials} />
      <details>
        <summary>{t("addLicence")}</summary>
        <FormFrame form={form} submit={t("claim")}>
          <FieldRow>
            <TextInput
              label={t("country")}
              hint={t("askCountry")}
              maxLength={2}
              {...form.field("/country")}
            />
            <TextInput label={t("number")} maxLength={60} {...form.field("/number")} />
          </FieldRow>
          <FieldRow>
            <TextInput label={t("firstDay")} type="date" optional {...form.field("/validFrom")} />
            <TextInput label={t("lastDay")} type="date" optional {...form.field("/validUntil")} />
          </FieldRow>
        </FormFrame>
      </details>
    </Card>
  );
}

function Wishes({ profile, onSaved }: Props): JSX.Element {
  const form = useForm({
    initial: wishesOf(profile),
    validate: wishErrors,
    send: (values, key) =>
      ok(
        api.PUT("/volunteer-profile", {
          body: wishBody(values),
          headers: { ...once(key), ...basedOn(profile.version) },
        }),
      ),
    onSent: (saved) => {
      toast(t("saved"));
      onSaved(saved);
    },
  });
  const stale = form.state.status.kind === "failed" && form.state.status.problem.status === 412;
  return (
    <FormFrame form={form} submit={t("save")}>
      {stale && <Notice tone="warning">{t("conflict")}</Notice>}
      <WishFields form={form} />
      <Languages form={form} />
    </FormFrame>
  );
}
