import type { Locator, Page } from '@playwright/test';
import { open } from './open';

/** The page before all others. */
export class LoginPage {
  readonly page: Page;
  readonly account: Locator;
  readonly password: Locator;
  readonly button: Locator;
  /** Why it was refused. */
  readonly refusal: Locator;

  constructor(page: Page) {
    this.page = page;
    const form = page.getByRole('form', { name: 'Sign in' });
    this.account = form.getByLabel('Account');
    this.password = form.getByRole('textbox', { name: 'Password' });
    this.button = form.getByRole('button', { name: 'Sign in' });
    this.refusal = form.getByRole('alert');
  }

  async open(path = '/login'): Promise<this> {
    await open(this.page, path);
    return this;
  }

  /** Fills the form and sends it; what comes of it the test looks at. */
  async signIn(name: string, password: string): Promise<void> {
    await this.account.fill(name);
    await this.password.fill(password);
    await this.button.click();
  }
}
