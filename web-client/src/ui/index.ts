/** The building blocks of every page. They know no domain words. */
export * from "./button";
export * from "./copy";
export * from "./dialog";
export * from "./field";
export * from "./form";
export * from "./icon";
export * from "./layout";
export * from "./load";
export * from "./notice";
export * from "./parts";
export * from "./textField";
export { toast } from "./toast";
