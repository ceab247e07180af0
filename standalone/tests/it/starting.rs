//! Starting, refusing to start, and stopping.

use tempfile::tempdir;

use crate::program::{Program, refusal, rotate_keys};

// OBS-6
#[test]
fn ctrl_c_stops_it_cleanly() {
    let data = tempdir().expect("a folder");
    assert!(Program::start(data.path()).interrupt().success());
}

#[test]
fn a_port_in_use_is_named_and_so_is_what_to_do() {
    let data = tempdir().expect("a folder");
    let running = Program::start(data.path());
    let other = tempdir().expect("a folder");
    let (status, said) = refusal(other.path(), &format!("127.0.0.1:{}", running.port()));
    assert!(!status.success());
    assert!(said.contains(&format!("port {} is in use", running.port())) && said.contains("--listen"), "{said}");
}

// DATA-1
#[test]
fn two_programs_never_share_a_data_folder() {
    let data = tempdir().expect("a folder");
    let _running = Program::start(data.path());
    let (status, said) = refusal(data.path(), "127.0.0.1:0");
    assert!(!status.success() && said.contains("in use by another syncwatch"), "{said}");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_named() {
    let folder = tempdir().expect("a folder");
    let file = folder.path().join("not-a-folder");
    std::fs::write(&file, "").expect("written");
    let (status, said) = refusal(&file.join("data"), "127.0.0.1:0");
    assert!(!status.success() && said.contains("cannot write to the data folder"), "{said}");
}

// DATA-1
#[test]
fn a_damaged_database_is_refused_and_left_as_it_is() {
    let data = tempdir().expect("a folder");
    let database = data.path().join("syncwatch.db");
    let rubbish = b"this is not a database, and it is long enough to be looked at".repeat(100);
    std::fs::write(&database, &rubbish).expect("written");
    let (status, said) = refusal(data.path(), "127.0.0.1:0");
    assert!(!status.success() && said.contains("damaged"), "{said}");
    assert_eq!(std::fs::read(&database).expect("still there"), rubbish);
}

// SYNC-7
#[test]
fn after_kill_9_it_starts_again_on_the_same_data() {
    let data = tempdir().expect("a folder");
    Program::start(data.path()).kill();
    assert!(Program::start(data.path()).interrupt().success());
}

// ACC-3
#[tokio::test]
async fn a_new_key_for_tokens_logs_nobody_out() {
    let data = tempdir().expect("a folder");
    let program = Program::start(data.path());
    let url = format!("{}/api/v1/rooms", program.url);
    let grant = reqwest::Client::new().post(url).json(&serde_json::json!({})).send().await.expect("an answer");
    let grant: serde_json::Value = grant.json().await.expect("a grant");
    let token = grant["guestToken"].as_str().expect("a token").to_owned();
    assert!(program.interrupt().success());

    for (rotations, status) in [(1, 200), (2, 401)] {
        assert!(rotate_keys(data.path()).success());
        let program = Program::start(data.path());
        let mine = reqwest::Client::new().get(format!("{}/api/v1/rooms/mine", program.url)).bearer_auth(&token);
        assert_eq!(mine.send().await.expect("an answer").status(), status, "after {rotations} rotations");
        assert!(program.interrupt().success());
    }
}
