/** Leads a person to a control: the focus and the view. */
export function focusField(id: string): void {
  const control = document.getElementById(id);
  control?.focus();
  control?.scrollIntoView?.({ block: 'center' });
}
