import type { Evidence, ProfileNote, ServerProfile } from './server-profile.js'

const help = 'https://help.zscaler.com'

const documented = (source: string, page: string): Evidence => ({
  confidence: 'documentation',
  source: `Zscaler Help: ${source}`,
  url: `${help}/${page}`,
})

const note = (text: string, page: string): ProfileNote => ({
  text,
  confidence: 'documentation',
  url: `${help}/${page}`,
})

/**
 * Zscaler: Internet Access (ZIA), Private Access (ZPA) and ZIdentity. The rate is the lowest that is documented, ZIA's.
 *
 * @see https://help.zscaler.com/zia/scim-api-examples
 */
export const zscaler: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'zscaler',
  title: 'Zscaler',
  page: { max: 1_000 },
  filter: { userAttributes: ['userName', 'externalId', 'id', 'meta.lastModified'] },
  maxGroupsOfUser: 128,
  rates: [{ of: 'requests' as const, requests: 5, seconds: 1 }],
  answers: ['booleanAsString', 'extensionAtTopLevel'] as const,
  evidence: {
    page: documented('Understanding SCIM (ZIA)', 'zia/understanding-scim'),
    filter: documented('About SCIM (ZIA)', 'zia/about-scim'),
    maxGroupsOfUser: documented('About SCIM (ZIA)', 'zia/about-scim'),
    rates: documented('SCIM API Examples; ZIA 5 a second, ZIdentity 50', 'zia/scim-api-examples'),
    answers: documented(
      'SCIM API Examples; text booleans in ZPA, department beside the extension in ZIA',
      'unified/scim-api-examples-0',
    ),
  },
  notes: [
    note('The domain of userName must be registered.', 'zia/about-scim'),
    note('Discovery needs no credentials.', 'zia/scim-api-examples'),
    note('ZPA sorts, and has no custom attributes; it states no rate.', 'zpa/about-scim-apis'),
  ],
}))()
