import { expect, type Page } from '@playwright/test';
import { open } from './open';

/** Preparing a switch-over: the checks, the plan, and the form that starts it. */
export class PreparePage {
  constructor(readonly page: Page) {}

  async open(id = 'demo'): Promise<this> {
    await open(this.page, `/clusters/${id}/switch-over`);
    return this;
  }

  /** Fills the form as a person does: a reason, each warning read, the name typed. The button says what it will do. */
  async start(o: { active: string; to: 'Primary' | 'Secondary'; reason: string }): Promise<string> {
    const button = this.page.getByRole('button', { name: `Switch over to the ${o.to}` });
    await expect(button).toBeVisible({ timeout: 30_000 });
    await this.page.getByRole('textbox', { name: 'Reason' }).fill(o.reason);
    for (const box of await this.page.getByRole('checkbox', { name: /I have read the warning/ }).all()) await box.check();
    await this.page.getByRole('textbox', { name: /Type the container/ }).fill(o.active);
    await expect(button).not.toHaveAttribute('aria-disabled', 'true', { timeout: 30_000 });
    await button.click();
    await this.page.waitForURL(/\/runs\/\d+$/);
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }
}
