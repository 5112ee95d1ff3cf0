import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';

type DeviceFlow = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>;

function show(ctx: KoaContextWithOIDC, title: string, body: string): void {
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}

/** Device authorization (RFC 8628): the pages on which a person enters and confirms the code that a device shows. */
export const deviceFlow: DeviceFlow = {
  enabled: true,
  charset: 'base-20',
  mask: '****-****',
  userCodeInputSource: (ctx, form, _out, err) =>
    show(
      ctx,
      'Enter the code',
      `${err === undefined ? '' : '<p role="alert">That code is not known here, or no longer.</p>'}${form}
<label>Code <input name="user_code" form="op.deviceInputForm" required autofocus autocomplete="off"></label>
<button type="submit" form="op.deviceInputForm">Continue</button>`,
    ),
  userCodeConfirmSource: (ctx, form, _client, _device, userCode) =>
    show(
      ctx,
      'Let this device in?',
      `<p>It shows the code ${userCode}.</p>${form}
<button type="submit" form="op.deviceConfirmForm" autofocus>Yes</button>
<button type="submit" form="op.deviceConfirmForm" name="abort" value="yes">No</button>`,
    ),
  successSource: (ctx) => show(ctx, 'Signed in', '<p>Go back to your device.</p>'),
};
