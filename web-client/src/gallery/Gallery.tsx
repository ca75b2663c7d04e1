import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Problem } from "../api/problem";
import { useForm } from "../form";
import { SignInPage } from "../app/SignIn";
import { AccountMenu } from "../app/AccountMenu";
import { useAddress } from "../router";
import type { Me } from "../session";
import {
  Actions,
  AppShell,
  Badge,
  Button,
  Card,
  Checkbox,
  Choice,
  DateTimeInput,
  Dialog,
  Disclosure,
  EmptyState,
  Facts,
  FieldRow,
  FormFrame,
  Grid,
  Icon,
  IconButton,
  LinkButton,
  List,
  Loading,
  Notice,
  Page,
  ProblemNotice,
  Quantity,
  Row,
  Select,
  Stack,
  Table,
  Tabs,
  TextArea,
  TextInput,
  TimeLeft,
  toast,
  TwoPane,
  When,
} from "../ui";
import { Toasts } from "../ui/toast";

const ORGANISATION = { id: "1", name: "Example Clinics", zone: "Africa/Nairobi" };
const ME: Me = {
  account: {
    id: "1",
    name: "Grace Example",
    email: "grace@example.org",
    zone: "Africa/Nairobi",
    language: "en",
  },
  membership: { id: "1", role: "clinician", organisation: ORGANISATION },
  memberships: [
    { id: "1", role: "clinician", organisation: ORGANISATION },
    { id: "2", role: "scheduler", organisation: { id: "2", name: "Another Network" } },
  ],
};

/** Every building block in every state; only in the development server, at /gallery. */
export default function Gallery(): JSX.Element {
  const { query } = useAddress();
  if (query.get("page") === "sign-in") return <SignInPage />;
  return (
    <>
      <AppShell
        path="/gallery"
        home="/gallery"
        nav={[
          { href: "/gallery", label: () => "Parts", icon: "inbox", useCount: () => 3 },
          { href: "/gallery/people", label: () => "People", icon: "people" },
          { href: "/gallery/hours", label: () => "Hours", icon: "calendar" },
          { href: "/gallery/trail", label: () => "Trail", icon: "shield", useCount: () => 120 },
        ]}
        place={
          <>
            Example Clinics
            <br />
            Hill Station
          </>
        }
        account={<AccountMenu me={ME} />}
        banner={
          query.get("offline") !== null && (
            <div class="banner">
              <Icon name="cloudOff" />
              <span>No connection to the server since 14:02.</span>
              <Button small>Try now</Button>
            </div>
          )
        }
      >
        <Page
          title="Building blocks"
          lead="Every part in every state, for the people who build pages."
          width="wide"
          back={{ href: "/", label: "All pages" }}
          actions={
            <>
              <Button onPress={() => toast("Saved on this device")}>Say something</Button>
              <LinkButton kind="primary" icon="plus" href="/gallery">
                New thing
              </LinkButton>
            </>
          }
        >
          <Stack gap="large">
            <TwoPane main={<Things />} side={<Side />} />
            <Card title="A form">
              <FormStates />
            </Card>
            <Figures />
          </Stack>
        </Page>
      </AppShell>
      <Toasts />
    </>
  );
}

function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

function Things(): JSX.Element {
  return (
    <>
      <List
        label="Things"
        rows={[
          {
            key: 1,
            href: "#1",
            title: "Swelling of the left hand for two days, could this be an infection?",
            detail: "Girl, 4 years · Hill Station · waiting for a specialist",
            lead: <Badge tone="red">Red</Badge>,
            aside: <TimeLeft until={inMinutes(-4)} />,
          },
          {
            key: 2,
            href: "#2",
            title: "Which dose for a child of 11 kg?",
            detail: "Boy, 14 months · River Post",
            lead: <Badge tone="orange">Orange</Badge>,
            aside: <TimeLeft until={inMinutes(9)} />,
            selected: true,
          },
          {
            key: 3,
            href: "#3",
            title: "Second look at an X-ray",
            detail: "Woman, 61 years · Lake Clinic",
            lead: <Badge tone="yellow">Yellow</Badge>,
            aside: <TimeLeft until={inMinutes(200)} />,
          },
          {
            key: 4,
            title: "Chronic rash",
            lead: <Badge tone="green">Green</Badge>,
            aside: <When at={inMinutes(-50)} />,
          },
          {
            key: 5,
            title: "Teaching",
            lead: <Badge tone="blue">Blue</Badge>,
            aside: <Badge>Draft</Badge>,
          },
        ]}
      />
      <Card title="Notices">
        <Stack gap="small">
          <Notice title="Kept on this device">It will be sent when the link is back.</Notice>
          <Notice tone="good">Sent. The coordinator sees it now.</Notice>
          <Notice tone="warning" action={<Button small>Look</Button>}>
            Somebody changed this meanwhile.
          </Notice>
          <ProblemNotice
            problem={
              new Problem({
                kind: "unreachable",
                status: 0,
                code: "unreachable",
                sentence: "The server cannot be reached.",
              })
            }
            onRetry={() => {}}
          />
        </Stack>
      </Card>
    </>
  );
}

function Side(): JSX.Element {
  const [tab, setTab] = useState<"facts" | "more">("facts");
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Card
        title="One thing"
        tone="orange"
        actions={<IconButton icon="refresh" label="Load again" onPress={() => {}} />}
      >
        <Tabs
          label="Views"
          chosen={tab}
          onChoose={setTab}
          tabs={[
            { value: "facts", label: "Facts" },
            { value: "more", label: "Messages", count: 4 },
          ]}
        >
          {tab === "facts" ? (
            <Facts
              facts={[
                { label: "Age", value: "4 years" },
                { label: "Weight", value: "15.2 kg" },
                { label: "Language", value: "Kiswahili" },
                { label: "Booked", value: <When at={inMinutes(300)} zone="Asia/Kolkata" /> },
              ]}
            />
          ) : (
            <p>More</p>
          )}
        </Tabs>
      </Card>
      <Card title="Buttons">
        <Row>
          <Button kind="primary">Primary</Button>
          <Button>Plain</Button>
          <Button kind="quiet">Quiet</Button>
          <Button kind="danger" onPress={() => setAsking(true)}>
            Danger
          </Button>
          <Button busy>Sending</Button>
          <Button disabled>Not now</Button>
          <Button small icon="call">
            Small
          </Button>
          <Button pressed>Pressed</Button>
        </Row>
        <Disclosure summary="Why is this first?">Because its time runs out first.</Disclosure>
      </Card>
      {asking && (
        <Dialog
          title="Really?"
          onClose={() => setAsking(false)}
          actions={
            <Actions>
              <Button onPress={() => setAsking(false)}>Cancel</Button>
              <Button kind="danger">Do it</Button>
            </Actions>
          }
        >
          <p>It cannot be undone.</p>
        </Dialog>
      )}
    </>
  );
}

function FormStates(): JSX.Element {
  const form = useForm({
    initial: {
      name: "",
      sex: "" as "" | "female" | "male",
      mode: "advice" as "advice" | "present",
      age: { value: "4", unit: "years" as "months" | "years" },
      weight: { value: "15,2", unit: "kg" as const },
      language: "",
      question: "",
      at: "",
      agreed: false,
    },
    draft: "gallery",
    validate: ({ name, question }) => [
      ...(name ? [] : [{ pointer: "/name", detail: "Type the number the clinic uses." }]),
      ...(question ? [] : [{ pointer: "/question", detail: "Ask one question in one sentence." }]),
    ],
    send: () => Promise.reject(new Error("the gallery sends nothing")),
    onSent: () => {},
  });
  return (
    <FormFrame form={form} submit="Send" others={<Button>Keep for later</Button>}>
      <FieldRow>
        <TextInput label="Local number" hint="Never the name." {...form.field("/name")} />
        <Quantity
          label="Age"
          whole
          units={[
            { value: "months", label: "months" },
            { value: "years", label: "years" },
          ]}
          {...form.field("/age")}
        />
        <Quantity
          label="Weight"
          units={[{ value: "kg", label: "kg" }]}
          {...form.field("/weight")}
        />
      </FieldRow>
      <FieldRow>
        <Choice
          label="Sex"
          options={[
            { value: "female", label: "Female" },
            { value: "male", label: "Male" },
          ]}
          {...form.field("/sex")}
        />
        <Select
          label="Language"
          optional
          empty="Choose"
          options={[
            { value: "sw", label: "Kiswahili" },
            { value: "am", label: "አማርኛ" },
          ]}
          {...form.field("/language")}
        />
        <DateTimeInput label="Seen at" {...form.field("/at")} />
      </FieldRow>
      <TextArea label="Question" hint="One sentence." {...form.field("/question")} />
      <Choice
        label="How"
        layout="list"
        options={[
          { value: "advice", label: "Advice to me", hint: "The patient is not in the call." },
          {
            value: "present",
            label: "With the patient",
            hint: "Needs a licence where the patient is.",
          },
        ]}
        {...form.field("/mode")}
      />
      <Checkbox
        label="Consent was given"
        hint="Read aloud in Kiswahili."
        {...form.field("/agreed")}
      />
    </FormFrame>
  );
}

function Figures(): JSX.Element {
  return (
    <>
      <Grid>
        <Card title="Pulse">
          <Row>
            <strong>112 /min</strong>
          </Row>
        </Card>
        <EmptyState title="Nobody is waiting" action={<Button>Look at all</Button>}>
          New requests appear here by themselves.
        </EmptyState>
        <Loading />
      </Grid>
      <Table
        caption="Hours"
        rows={[
          { day: "Monday", from: "09:00", calls: 4 },
          { day: "Tuesday", from: "13:30", calls: 12 },
        ]}
        rowKey={(row) => row.day}
        columns={[
          { label: "Day", cell: (row) => row.day },
          { label: "From", cell: (row) => row.from },
          { label: "Calls", cell: (row) => row.calls, figures: true },
        ]}
      />
    </>
  );
}
