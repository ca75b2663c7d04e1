import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Choice, Dialog } from "../ui";
import type { Person } from "./attendance";
import { rolesOf } from "./People";
import type { CallRole } from "./protocol";
import { roleName } from "./view";
import { t } from "./words";

/** What somebody is in this call, out of what they may be. */
export default function RoleDialog(props: {
  person: Person;
  onChoose: (role: CallRole) => void;
  onClose: () => void;
}): JSX.Element {
  const { person } = props;
  const [role, setRole] = useState(person.role);
  return (
    <Dialog
      title={t("changeRoleTitle", { name: person.name })}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{t("cancel")}</Button>
          <Button
            kind="primary"
            onPress={() => {
              if (role !== person.role) props.onChoose(role);
              props.onClose();
            }}
          >
            {t("save")}
          </Button>
        </>
      }
    >
      <Choice<CallRole>
        label={t("changeRole")}
        hint={t("changeRoleLead")}
        value={role}
        onChange={setRole}
        options={rolesOf(person).map((value) => ({ value, label: roleName(value) }))}
      />
    </Dialog>
  );
}
