import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './open';

/** How a cluster is registered with JOC Cockpit. */
export class RegistrationPage {
  readonly reason: Locator;
  readonly submit: Locator;
  readonly drift: Locator;

  constructor(readonly page: Page) {
    this.reason = page.getByRole('textbox', { name: 'Reason', exact: true });
    this.submit = page.getByRole('button', { name: 'Submit' });
    this.drift = page.getByRole('region', { name: 'Registration and reality' });
  }

  async open(id = 'demo'): Promise<this> {
    await open(this.page, `/clusters/${id}/register`);
    return this;
  }

  verdict(says: string | RegExp): Locator {
    return this.page.locator('#verdict').filter({ hasText: says });
  }
  async expectVerdict(says: string | RegExp, timeout = 30_000): Promise<void> {
    await expect(this.page.locator('#verdict')).toHaveText(says, { timeout });
  }

  async type(type: 'Autonomous' | 'Cluster'): Promise<Locator> {
    return this.page.getByRole('radio', { name: new RegExp(`^${type}`) });
  }
  async way(way: 'Stable name' | 'Name kept outside' | 'Update at the switch-over'): Promise<void> {
    await this.page.getByRole('radio', { name: new RegExp(`^${way}`) }).check();
  }
  url(of: 'Controller' | 'Primary Controller' | 'Secondary Controller'): Locator {
    return this.page.getByRole('textbox', { name: `JOC Cockpit connection to ${of}` });
  }

  /** Sends the form and waits until JOC is proved to follow. */
  async send(reason: string): Promise<void> {
    await this.reason.fill(reason);
    const word = this.page.getByRole('checkbox', { name: /may be cut off/ });
    if (await word.isVisible()) await word.check();
    await this.submit.click();
    await this.expectVerdict(/^Registered with JOC Cockpit .*, and it follows the/, 60_000);
  }

  async unregister(id = 'demo'): Promise<void> {
    await this.page.getByRole('button', { name: `Unregister ${id}` }).click();
    const dialog = this.page.getByRole('dialog');
    await expect(dialog).toContainText('the entries of all its Agents');
    const button = dialog.getByRole('button', { name: `Unregister ${id}` });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await dialog.getByRole('textbox', { name: 'Type the Controller ID' }).fill(id);
    await button.click();
    await expect(dialog).toBeHidden({ timeout: 30_000 });
  }
}
