/** Forms as data: the engine, fields to fill one in, and a way to show answers. */
export { AnswersView } from "./AnswersView";
export { FormFields } from "./FormFields";
export {
  type Answers,
  canonicalOf,
  EXTENSION,
  extension,
  type Questionnaire,
  urlOf,
} from "./questionnaire";
export { formText, useFormTexts } from "./texts";
export { type Filling, fill, typedOf, type TypedForm } from "./typed";
