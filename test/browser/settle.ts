/** How an officer comes in for the first time, as they would by hand. */
import { generateSync } from 'otplib'
import type { Page } from 'playwright-core'

const PASSWORD = 'mưa bóng mây chiều nay'
const WAIT = { timeout: 30_000 }

/** Fills the form of a link and signs in with the first spare code: the app's own code was used for the set-up. */
export async function settle(page: Page, link: string, login: string, name: string): Promise<void> {
  const button = (words: string) => page.getByRole('button', { name: words }).first()
  await page.goto(link)
  await page.getByLabel('Tên hiện cho người dân').fill(name)
  await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Gõ lại mật khẩu').fill(PASSWORD)
  await button('Tiếp tục').click()
  await page.getByText('Không quét được?').click()
  const secret = (await page.locator('code.secret').innerText()).replace(/\s/g, '')
  await page.getByLabel('Mã 6 số đang hiện trong ứng dụng').fill(generateSync({ secret }))
  await button('Xác nhận').click()
  const spare = await page.locator('ul.spare code').first().innerText(WAIT)
  await button('Tôi đã cất').click()
  await page.getByLabel('Tên đăng nhập').fill(login)
  await page.getByLabel('Mật khẩu').fill(PASSWORD)
  await page.getByLabel('Mã 6 số').fill(spare)
  await button('Đăng nhập').click()
  await page.getByRole('heading', { level: 1, name: 'Hàng đợi' }).waitFor(WAIT)
}
