//! A client of the tus protocol, one request at a time.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use sha1::{Digest, Sha1};
use syncwatch_protocol::VideoId;

use crate::harness::{Person, TestApi};

pub(crate) struct Upload {
    pub(crate) client: Client,
    pub(crate) url: String,
    pub(crate) id: VideoId,
    pub(crate) owner: Person,
}

impl Upload {
    pub(crate) async fn begin(api: &TestApi, owner: &Person, size: usize) -> Self {
        Self::begin_at(&api.client, api.url("/").trim_end_matches('/'), owner, size).await
    }

    pub(crate) async fn begin_at(client: &Client, base: &str, owner: &Person, size: usize) -> Self {
        let answer = creation(client, base, owner, size).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        let path = header(&answer, "location");
        let id = path.rsplit('/').next().unwrap().parse().unwrap();
        Self { client: client.clone(), url: format!("{base}{path}"), id, owner: owner.clone() }
    }

    /// A request that begins an upload, for tests that change something about it.
    pub(crate) fn creation(api: &TestApi, owner: &Person, size: usize) -> RequestBuilder {
        creation(&api.client, api.url("/").trim_end_matches('/'), owner, size)
    }

    /// The same upload on a server that listens elsewhere.
    pub(crate) fn at(self, base: &str) -> Self {
        let url = format!("{base}/api/v1/videos/upload/{}", self.id);
        Self { url, ..self }
    }

    pub(crate) fn request(&self, method: Method) -> RequestBuilder {
        self.client.request(method, &self.url).bearer_auth(&self.owner.token).header("tus-resumable", "1.0.0")
    }

    pub(crate) fn patching(&self, offset: u64) -> RequestBuilder {
        let request = self.request(Method::PATCH).header("content-type", "application/offset+octet-stream");
        request.header("upload-offset", offset)
    }

    pub(crate) async fn patch(&self, offset: u64, bytes: &[u8]) -> Response {
        self.patching(offset).body(bytes.to_vec()).send().await.unwrap()
    }

    pub(crate) async fn patch_with_checksum(&self, offset: u64, bytes: &[u8], summed: &[u8]) -> Response {
        let checksum = format!("sha1 {}", STANDARD.encode(Sha1::digest(summed)));
        self.patching(offset).header("upload-checksum", checksum).body(bytes.to_vec()).send().await.unwrap()
    }

    pub(crate) async fn head(&self) -> Response {
        self.request(Method::HEAD).send().await.unwrap()
    }
}

fn creation(client: &Client, base: &str, owner: &Person, size: usize) -> RequestBuilder {
    let request = client.post(format!("{base}/api/v1/videos/upload")).bearer_auth(&owner.token);
    let request = request.header("tus-resumable", "1.0.0").header("upload-length", size);
    request.header("upload-metadata", metadata("Holiday.mp4", "video/mp4"))
}

pub(crate) fn metadata(name: &str, kind: &str) -> String {
    format!("filename {},filetype {}", STANDARD.encode(name), STANDARD.encode(kind))
}

/// Bytes that begin as an MP4 file does.
pub(crate) fn film(size: usize) -> Vec<u8> {
    let start = b"\0\0\0\x18ftypisom\0\0\x02\0isommp42";
    let noise = (0_u32..).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8);
    start.iter().copied().chain(noise).take(size).collect()
}

pub(crate) fn header(answer: &Response, name: &str) -> String {
    let value = answer.headers().get(name).unwrap_or_else(|| panic!("no {name} in {:?}", answer.headers()));
    value.to_str().unwrap().to_owned()
}

pub(crate) fn offset_of(answer: &Response) -> u64 {
    header(answer, "upload-offset").parse().unwrap()
}
