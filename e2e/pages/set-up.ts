import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './open';

/** The wizard that makes a Secondary, and the page of a set-up. */
export class SetUpPage {
  readonly page: Page;
  readonly checks: Locator;
  readonly compared: Locator;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.checks = page.getByRole('region', { name: 'Checks' });
    this.compared = page.getByRole('region', { name: 'Primary and Secondary compared' });
    this.dialog = page.getByRole('dialog');
  }

  async open(id = 'demo'): Promise<this> {
    await open(this.page, `/clusters/${id}/set-up`);
    return this;
  }

  says(what: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 2, name: what });
  }

  /** Opens the fields with the proposals. */
  async change(): Promise<void> {
    await this.page.getByText('Change what is proposed').click();
  }

  check(id: string): Locator {
    return this.checks.locator(`[data-check="${id}"]`);
  }

  row(id: string): Locator {
    return this.compared.locator(`[data-row="${id}"]`);
  }

  step(id: string): Locator {
    return this.page.locator(`[data-step="${id}"]`);
  }

  /** Waits until it is ready, and begins; the number of the set-up. */
  async begin(button: 'Create the Secondary' | 'Use it as the Secondary' | 'Create both'): Promise<string> {
    await this.press(button);
    await this.page.waitForURL(/\/setups\/\d+$/);
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }

  /** The same without waiting for what comes. */
  async press(button: string): Promise<void> {
    const begin = this.page.getByRole('button', { name: button }).first();
    await expect(this.says(/^Ready to/)).toBeVisible({ timeout: 30_000 });
    await expect(begin).not.toHaveAttribute('aria-disabled', 'true');
    await begin.click();
  }

  async done(): Promise<void> {
    await expect(this.says(/^Done:/)).toBeVisible({ timeout: 60_000 });
  }

  /** Takes back what was made, with the cluster's name typed. */
  async undo(button: 'Undo' | 'Stop and take back', cluster = 'demo'): Promise<void> {
    await this.page.getByRole('button', { name: button }).click();
    const go = this.dialog.getByRole('button', { name: button });
    await expect(go).toHaveAttribute('aria-disabled', 'true');
    await this.dialog.getByRole('textbox').fill(cluster);
    await go.click();
    await expect(this.dialog).toBeHidden();
  }
}
