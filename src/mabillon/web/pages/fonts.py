"""The typeface, kept by the browser for a year: its address changes when it does."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from mabillon.web.fonts import faces, style_sheet

KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


async def font_styles(request: Request) -> Response:
    if not faces():
        raise HTTPException(404)
    return Response(style_sheet(faces()), media_type="text/css", headers=KEPT)


async def font(request: Request) -> Response:
    for face in faces():
        if face.name == request.path_params["name"]:
            return FileResponse(face.path, media_type="font/woff2", headers=KEPT)
    raise HTTPException(404)
