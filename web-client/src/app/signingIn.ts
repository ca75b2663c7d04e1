import { asProblem } from "../api/problem";
import { keepChosenLanguage, signIn } from "../session";
import { toast } from "../ui/toast";
import { t } from "./words";

/** Signs in; when that does not work, the sentence that says why. */
export async function signInOrSay(email: string, password: string): Promise<string | undefined> {
  try {
    await signIn(email, password);
    void keepChosenLanguage().catch((error: unknown) => toast(asProblem(error).sentence, "error"));
    return undefined;
  } catch (error) {
    const problem = asProblem(error);
    // Only the server's own "no" is about the password; everything else speaks for itself.
    const wrong = problem.kind === "answered" && problem.status === 401;
    return wrong ? t("wrong") : problem.sentence;
  }
}
