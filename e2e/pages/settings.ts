import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './open';

/** Engines and accounts. */
export class SettingsPage {
  readonly page: Page;
  readonly engines: Locator;
  readonly accounts: Locator;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.engines = page.getByRole('region', { name: 'Engines' });
    this.accounts = page.getByRole('region', { name: 'Accounts and roles' });
    this.dialog = page.getByRole('dialog');
  }

  async open(): Promise<this> {
    await open(this.page, '/settings');
    return this;
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  /** Presses a button of a form and waits until the form is no longer busy. */
  async press(within: Locator, button: string): Promise<void> {
    const pressed = within.getByRole('button', { name: button, exact: true }).last();
    await pressed.click();
    await expect(within.locator('button[aria-busy=true]')).toHaveCount(0, { timeout: 30_000 });
  }

  async remove(name: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `Remove ${name}` })
      .click();
    await this.dialog.getByRole('button', { name: `Remove ${name}` }).click();
    await expect(this.dialog).toBeHidden();
    await expect(this.row(name)).toHaveCount(0);
  }
}
