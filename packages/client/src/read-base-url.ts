/**
 * Reads the address of a service provider.
 *
 * @param text The address.
 * @param allowInsecure Whether `http:` may go to other machines.
 * @returns The address without a slash at its end.
 * @throws {TypeError} When it is no address, or would send credentials in the clear.
 */
export function readBaseUrl(text: string, allowInsecure: boolean): string {
  if (!URL.canParse(text)) throw new TypeError('baseUrl is an absolute URL')
  const url = new URL(text)
  const { protocol, hostname } = url
  if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError('baseUrl begins with https://')
  if (url.username !== '' || url.password !== '') throw new TypeError('baseUrl holds no credentials; use authenticate')
  if (url.search !== '' || url.hash !== '') throw new TypeError('baseUrl has neither query nor fragment')
  if (protocol === 'http:' && !allowInsecure && !isLoopback(hostname)) {
    throw new TypeError(`baseUrl begins with https://, or credentials for ${hostname} could be read on the way`)
  }
  return url.href.replace(/(?<!\/)\/+$/, '')
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}
