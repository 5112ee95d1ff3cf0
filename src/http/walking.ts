import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Delivery } from '../envelope/delivery.ts';
import type { Ask } from '../envelope/envelope.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { arrival, beginRequest, callerSignal, type Face, refuse } from './face.ts';
import { finish, lost, tellTiming } from './handing-over.ts';
import { opening } from './opening.ts';
import type { sendProblem } from './problem.ts';

/** A route that answers one JSON body by walking an envelope; `send` says a refusal in the shape of its face. */
export const walking =
  <D extends Pick<Delivery, 'stopwatch' | 'signal' | 'delivered' | 'aborted'>>(
    parse: (request: IncomingMessage, body: unknown) => Ask,
    walk: (face: Face, ...rest: Parameters<Face['gateway']['check']>) => Promise<D>,
    bodyOf: (delivery: D) => object | Promise<object>,
    send: typeof sendProblem,
  ) =>
  async (face: Face, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const trail = beginRequest(face, response);
    let delivery: D | undefined;
    try {
      delivery = await walk(
        face,
        trail,
        () => opening(face, request, (body) => parse(request, body)),
        callerSignal(response, new Refusal('caller_gone')),
      );
      const body = JSON.stringify(await bodyOf(delivery));
      response.setHeader('content-type', 'application/json');
      tellTiming(response, delivery);
      await finish(response, body, delivery.signal);
      await delivery.delivered().catch(lost(face, trail));
    } catch (error) {
      const refusal = asRefusal(error);
      await arrival(request);
      if (delivery !== undefined) await delivery.aborted(refusal.reason).catch(lost(face, trail));
      refuse(request, response, (why) => send(response, why, trail, face.publicUrl), refusal);
    }
  };
