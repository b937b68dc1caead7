import {
  Disposable,
  type InputBox,
  type QuickInputButton,
  QuickInputButtons,
  type QuickPickItem,
  window,
} from "vscode";
import type { StepPlace } from "./runSteps";

/** An answer, the wish to go back, or nothing when the person gives up. */
export type StepAnswer<T> = { readonly value: T } | "back" | undefined;

/** Something to choose, and what it stands for. */
export type StepItem<T> = QuickPickItem & { readonly value: T };

export interface PickOptions<T> {
  readonly items: readonly StepItem<T>[];
  readonly placeholder: string;
}

/** Asks for one of several things, with a button that leads back. */
export function pickStep<T>(place: StepPlace, { items, placeholder }: PickOptions<T>): Promise<StepAnswer<T>> {
  const input = window.createQuickPick<StepItem<T>>();
  input.items = items;
  input.placeholder = placeholder;
  input.matchOnDescription = true;
  return show(input, place, (finish) => [
    input.onDidAccept(() => {
      const [chosen] = input.selectedItems;
      if (chosen !== undefined) finish({ value: chosen.value });
    }),
  ]);
}

export interface TextOptions {
  readonly prompt: string;
  readonly value: string;
  /** What is wrong with a text, a sentence; nothing when it will do. */
  readonly check: (text: string) => string | undefined;
}

/** Asks for a text, with a button that leads back. What is wrong is told while it is typed. */
export function textStep(place: StepPlace, { prompt, value, check }: TextOptions): Promise<StepAnswer<string>> {
  const input = window.createInputBox();
  input.prompt = prompt;
  input.value = value;
  const tell = (): void => {
    input.validationMessage = input.value === "" ? "" : (check(input.value.trim()) ?? "");
  };
  tell();
  return show(input, place, (finish) => [
    input.onDidChangeValue(tell),
    input.onDidAccept(() => {
      const text = input.value.trim();
      const wrong = check(text);
      if (wrong === undefined) finish({ value: text });
      else input.validationMessage = wrong;
    }),
  ]);
}

/** What both kinds of questions have. */
type Question = Pick<
  InputBox,
  "title" | "step" | "totalSteps" | "buttons" | "ignoreFocusOut" | "show" | "hide" | "dispose"
> &
  Pick<InputBox, "onDidHide" | "onDidTriggerButton">;

function show<T>(
  input: Question,
  { title, step, totalSteps, canGoBack }: StepPlace,
  listen: (finish: (answer: StepAnswer<T>) => void) => readonly Disposable[],
): Promise<StepAnswer<T>> {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  input.buttons = canGoBack ? [QuickInputButtons.Back] : [];
  // Whoever looks something up in a file finds the form as it was.
  input.ignoreFocusOut = true;
  return new Promise((finish) => {
    const end = (answer: StepAnswer<T>): void => {
      finish(answer);
      listeners.dispose();
      input.dispose();
    };
    const listeners = Disposable.from(
      ...listen(end),
      input.onDidTriggerButton((button: QuickInputButton) => {
        if (button === QuickInputButtons.Back) end("back");
      }),
      input.onDidHide(() => end(undefined)),
    );
    input.show();
  });
}
